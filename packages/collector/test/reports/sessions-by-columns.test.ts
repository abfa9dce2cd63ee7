/** Sessions of closed days by order, filters or a text: all of them, whatever the log would take to read. */
import type { SessionSummary, SessionsData } from '@liveinsight/schema';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Collector, createCollector } from '../../src/collector.js';
import { createHistory, type SentBatch, toSent } from '../questions/history.js';
import { type Happened, pickEvents } from '../questions/naive.js';
import type { Filter } from '../questions/question.js';
import { READ_KEY, readReply, SECRET, type Stack, startStack } from '../stack.js';

type Sort =
  | 'last_seen_at'
  | 'started_at'
  | 'duration_ms'
  | 'page_views'
  | 'events'
  | 'conversions'
  | 'country';

describe('sessions of closed days', () => {
  const now = Date.now();
  let stack: Stack;
  let collector: Collector;
  let history: SentBatch[];
  /** Sessions that were read whole. */
  let reads = 0;
  beforeAll(async () => {
    stack = await startStack({ rollUpEverySeconds: 0 });
    const store: typeof stack.store = {
      ...stack.store,
      session(...asked) {
        reads += 1;
        return stack.store.session(...asked);
      },
    };
    collector = createCollector({
      ...{ store, secret: SECRET, rollUpEverySeconds: 0, readKeys: [READ_KEY] },
      sites: [{ id: 'shop', shards: 2 }],
    });
    history = createHistory(5, now, 40);
    for (const batch of history) await stack.store.append(toSent(batch));
    await collector.rollUp();
  });
  afterAll(async () => {
    await collector.close();
    await stack.close();
  });

  async function list(query: string): Promise<SessionsData[]> {
    const pages: SessionsData[] = [];
    let cursor: string | undefined;
    do {
      const more = cursor === undefined ? '' : `&cursor=${cursor}`;
      const request = new Request(`http://c/api/sessions?from=6d&${query}${more}`, {
        headers: { authorization: `Bearer ${READ_KEY}` },
      });
      const { data, code, message } = await readReply<SessionsData>(await collector.fetch(request));
      expect(code, message).toBe(200);
      pages.push(data);
      cursor = data.cursor;
    } while (cursor !== undefined && pages.length < 60);
    return pages;
  }

  /** By session: what it is sorted by. */
  function expectedValues(sort: Sort, filters: Filter[]): Map<string, number | string> {
    const picked = pickEvents(history, { filters, byEvent: false, timezone: 'UTC' }, 0, now);
    const sessions = new Map<string, Happened[]>();
    for (const one of picked)
      sessions.set(one.batch.session_id, [...(sessions.get(one.batch.session_id) ?? []), one]);
    return new Map([...sessions].map(([id, events]) => [id, toValue(events, sort)]));
  }

  it.each<[Sort, string, Filter[]]>([
    ['last_seen_at', 'desc', []],
    ['started_at', 'asc', []],
    ['duration_ms', 'desc', []],
    ['page_views', 'desc', [{ field: 'country', values: ['KR'] }]],
    ['events', 'asc', [{ field: 'event_name', values: ['!signup'] }]],
    ['conversions', 'desc', [{ field: 'page', values: ['/cart', '/blog/*'] }]],
    ['country', 'asc', [{ field: 'prop:plan', values: ['*'] }]],
  ])('by %s, %s', async (sort, order, filters) => {
    const query = new URLSearchParams({ sort, order, limit: '7' });
    for (const { field, values } of filters) for (const value of values) query.append(field, value);
    const pages = await list(String(query));
    const expected = expectedValues(sort, filters);
    const ids = pages.flatMap(({ sessions }) => sessions.map(({ session_id }) => session_id));
    expect(ids.toSorted()).toEqual([...expected.keys()].sort());
    const values = ids.map((id) => expected.get(id) ?? '');
    const sorted = values.toSorted((a, b) => (a < b ? -1 : Number(a > b)));
    expect(values).toEqual(order === 'asc' ? sorted : sorted.reverse());
    for (const { sorted_over, notes } of pages)
      expect([sorted_over?.sessions, sorted_over?.complete, notes]).toEqual([expected.size, true, undefined]);
  });

  const country: Filter = { field: 'country', values: ['KR'] };
  it.each<[string, string, Filter[], (session: SessionSummary) => boolean]>([
    ['by filters', 'country=KR', [country], () => true],
    [
      'by a page',
      'search=CAF%C3%89',
      [],
      ({ entry_page, current_page }) => hasCafe(entry_page, current_page),
    ],
    ['by the name of a country', 'search=korea', [], ({ country }) => country === 'KR'],
    ['by no source', 'search=(direct)&country=KR', [country], ({ source }) => source === ''],
    ['by a part of an id', 'search=rver-5-', [], ({ session_id }) => session_id.includes('rver-5-')],
  ])(
    'found %s are listed newest first, and only those of the page are read whole',
    async (_, query, filters, isFound) => {
      const times = expectedValues('last_seen_at', filters);
      const everything = (await list('limit=200')).flatMap(({ sessions }) => sessions);
      const expected = everything.filter((one) => times.has(one.session_id) && isFound(one));
      expect(expected.length).toBeGreaterThan(3);
      reads = 0;
      const [first, ...others] = await list(`${query}&limit=3`);
      expect(reads).toBe(expected.length);
      const found = [first, ...others].flatMap((page) => page?.sessions ?? []);
      const ids = (sessions: SessionSummary[]) => sessions.map(({ session_id }) => session_id);
      expect(ids(found).toSorted()).toEqual(ids(expected).toSorted());
      const arrivals = found.map(({ session_id }) => Number(times.get(session_id)));
      expect(arrivals).toEqual(arrivals.toSorted((a, b) => b - a));
      expect([first?.searched_to, first?.sorted_over, first?.notes]).toEqual([
        first?.from,
        undefined,
        undefined,
      ]);
    },
  );
});

const hasCafe = (...pages: string[]) => pages.some((page) => decodeURIComponent(page).includes('café'));

function toValue(events: Happened[], sort: Sort): number | string {
  const count = (type: string) => events.filter(({ event }) => event.event_type === type).length;
  const arrivals = events.map(({ batch }) => batch.received_at);
  const times = events.map(({ event }) => event.timestamp);
  switch (sort) {
    case 'last_seen_at':
      return Math.max(...arrivals);
    case 'started_at':
      return Math.min(...arrivals);
    case 'duration_ms':
      return Math.max(...times) - Math.min(...times);
    case 'page_views':
      return count('page_view');
    case 'events':
      return events.length;
    case 'conversions':
      return count('conversion');
    default:
      return events[0]?.batch.country ?? '';
  }
}
