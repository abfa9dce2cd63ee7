import { gzipSync } from 'node:zlib';
import type { ImportData } from '@liveinsight/schema';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ADMIN_KEY, post, READ_KEY, readReply, type Stack, startStack } from '../stack.js';
import { ask, linesOf } from './ask.js';

const DAY_MS = 86_400_000;
const utcDay = (ms: number) => new Date(ms).toISOString().slice(0, 10);

describe('an import', () => {
  let stack: Stack;
  let sites = 0;
  const ids = Array.from({ length: 200 }, (_, at) => `site-${at}`);
  beforeAll(async () => {
    stack = await startStack({
      sites: [...ids.map((id) => ({ id, retentionDays: 10, shards: 2 })), { id: 'shop' }],
      adminKeys: [ADMIN_KEY],
      rollUpEverySeconds: 0,
    });
  });
  afterAll(() => stack.close());

  /** Every test has a site of its own. */
  const newSite = () => ids[sites++] ?? 'too-few-sites';

  async function load(site: string, lines: unknown[], headers: Record<string, string> = {}) {
    const text = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n');
    const body = headers['content-encoding'] === 'gzip' ? gzipSync(text) : text;
    const init = { method: 'POST', body, headers };
    return readReply<ImportData>(await ask(stack.collector, `/api/import?site=${site}`, init));
  }
  const exported = async (site: string) =>
    linesOf(await (await ask(stack.collector, `/api/export?site=${site}&from=12mo`)).text())
      .map(({ cursor, ...line }) => ({ ...line, site: 'any' }))
      .sort((a, b) => (`${a.received_at} ${a.batch}` < `${b.received_at} ${b.batch}` ? -1 : 1));

  const line = (id: string, received_at: number, more: object = {}) => ({
    received_at,
    session: { session_id: 's1' },
    visitor_id: 'v1',
    events: [
      {
        event_id: id,
        event_type: 'page_view',
        timestamp: received_at - 50,
        page_url: 'https://shop.example/',
      },
    ],
    ...more,
  });

  const batch = fc.record(
    {
      session: fc.record({
        session_id: fc.constantFrom('s1', 's2', 's3'),
        referrer: fc.constantFrom('', 'https://www.google.com/', 'https://news.example/a'),
        utm: fc.constantFrom({}, { source: 'mail', medium: 'email' }),
      }),
      batch: fc.constantFrom('b1', 'b2', 'b3'),
      visitor_id: fc.constantFrom('v1', 'v2'),
      user_id: fc.constantFrom('ann', 'bob ü'),
      context: fc.record({ language: fc.constant('ko'), webdriver: fc.boolean() }, { requiredKeys: [] }),
      sent_at: fc.constantFrom(-1, 0, 5_000, Date.now(), Date.now() - 4 * DAY_MS, Date.now() + 400 * DAY_MS),
      dropped: fc.constant({ queue_full: 2 }),
      events: fc.array(
        fc.oneof(
          fc.record({
            event_id: fc.constantFrom('e1', 'e2', 'e3', 'e4', 'e5'),
            event_type: fc.constant('page_view'),
            timestamp: fc.constantFrom(1, Date.now(), Date.now() - 2 * DAY_MS, Date.UTC(2099)),
            page_title: fc.string({ unit: 'binary', maxLength: 20 }),
          }),
          fc.record({
            event_type: fc.constant('conversion'),
            conversion_type: fc.constant('purchase'),
            value: fc.double({ min: -9, max: 1e9, noNaN: true }),
            props: fc.constant({ plan: 'pro', deep: { n: [1, null, 'x'] } }),
          }),
        ),
        { minLength: 1, maxLength: 4 },
      ),
    },
    { requiredKeys: ['session', 'batch', 'events'] },
  );

  it('of an export gives the same export, and repeated changes nothing', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(batch, { minLength: 1, maxLength: 12 }), async (batches) => {
        const [from, to] = [newSite(), newSite()];
        for (const sent of batches) {
          const headers = {
            'user-agent':
              'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile/15E148 Safari/604.1',
          };
          await ask(stack.collector, '/api/events', post({ ...sent, site: from }, headers));
        }
        const before = await exported(from);
        const events = before.flatMap((line) => (line as unknown as { events: unknown[] }).events).length;
        const { data } = await load(to, before);
        expect(data).toEqual({ lines: before.length, accepted: events, refused: [] });
        const after = await exported(to);
        expect(after).toEqual(before);
        expect((await load(to, before)).data.accepted).toBe(events);
        expect(await exported(to)).toEqual(before);
      }),
      { numRuns: 8 },
    );
  });

  it('tells of each line what is wrong with it, and stores the others', async () => {
    const site = newSite();
    const at = Date.now() - DAY_MS;
    const { code, data } = await load(site, [
      line('e1', at),
      '',
      '{',
      { ...line('e2', at), received_at: undefined },
      { ...line('e3', at), received_at: Date.now() + 60_000 },
      { ...line('e4', at), events: [{ event_type: 'custom' }, { event_id: 'e5', event_type: 'click' }] },
      'x'.repeat(400_000),
      '[]',
    ]);
    expect(code).toBe(200);
    expect(data).toMatchObject({ lines: 7, accepted: 2 });
    expect(data.refused.map(({ line, code, path, index }) => [line, code, path, index])).toEqual([
      [3, 'invalid_json', '', undefined],
      [4, 'missing_field', 'received_at', undefined],
      [5, 'invalid_value', 'received_at', undefined],
      [6, 'missing_field', 'name', 0],
      [7, 'body_too_large', '', undefined],
      [8, 'missing_field', 'received_at', undefined],
    ]);
  });

  it('takes gzip, and names events that bring no id by their line', async () => {
    const site = newSite();
    const received_at = Date.now() - DAY_MS;
    const bare = { event_type: 'page_view', received_at };
    const gzip = { 'content-encoding': 'gzip' };
    await load(site, [bare, bare], gzip);
    await load(site, [bare], gzip);
    expect(await exported(site)).toHaveLength(1);
    const broken = { method: 'POST', body: 'no gzip', headers: gzip };
    expect((await ask(stack.collector, `/api/import?site=${site}`, broken)).status).toBe(400);
  });

  it('marks its days before the writes and after them', async () => {
    const site = newSite();
    const at = Date.now() - 2 * DAY_MS;
    const began = stack.store.now();
    await load(site, [line('e1', at), line('e2', at + DAY_MS)]);
    const marks = await stack.store.markedDays(site, 'import');
    expect(marks.map(({ day }) => day).sort()).toEqual([utcDay(at), utcDay(at + DAY_MS)]);
    for (const { marked_at } of marks) expect(marked_at).toBeGreaterThanOrEqual(began);
  });

  it('takes history older than retention where there are no numbers yet, again and again until it expires', async () => {
    const site = newSite();
    const at = Date.UTC(2025, 0, 31, 12);
    expect((await load(site, [line('e1', at)])).data.accepted).toBe(1);
    await putNumbers(site, at);
    expect((await load(site, [line('e1', at), line('e2', at)])).data.accepted).toBe(2);
    await stack.store.markDay(site, {
      day: utcDay(at),
      cause: 'history',
      marked_at: Date.now() - 10 * DAY_MS,
    });
    expect((await load(site, [line('e3', at)])).data.refused).toMatchObject([
      { line: 1, code: 'day_expired' },
    ]);
  });

  it('refuses a day whose own raw data are gone but whose numbers are not', async () => {
    const site = newSite();
    const at = Date.now() - 20 * DAY_MS;
    await putNumbers(site, at);
    const { code, data } = await load(site, [line('e1', at), line('e2', at)]);
    expect(code).toBe(400);
    expect(data.refused.map(({ line, code }) => [line, code])).toEqual([
      [1, 'day_expired'],
      [2, 'day_expired'],
    ]);
    expect(await exported(site)).toEqual([]);
  });

  const putNumbers = (site: string, at: number) => {
    const start = Math.floor(at / 3_600_000) * 3_600_000;
    const through = start + 3_600_000;
    return stack.store.putRollup({
      site,
      shard: 1,
      kind: 'hour',
      start,
      through,
      version: 1,
      body: Buffer.from(''),
    });
  };

  it('keeps what it imports for the site’s retention from now on, findable by its user', async () => {
    const site = newSite();
    const at = Date.UTC(2025, 5, 1);
    await load(site, [line('e1', at, { user_id: 'ann' })]);
    await load(site, [line('e1', at, { user_id: 'ann' })]);
    const [stored] = await stack.store.session(site, 's1');
    expect(stored?.received_at).toBe(at);
    expect(Math.round(((stored?.expires_at ?? 0) * 1000 - Date.now()) / DAY_MS)).toBe(10);
    expect(await stack.store.sessionsOfUser(site, 'ann')).toEqual(['s1']);
  });

  it('goes where each line says when the request does not', async () => {
    const at = Date.now() - DAY_MS;
    const site = newSite();
    const lines = [line('e1', at, { site }), line('e2', at, { site: 'unknown' })];
    const body = lines.map((one) => JSON.stringify(one)).join('\n');
    const { data } = await readReply<ImportData>(
      await ask(stack.collector, '/api/import', { method: 'POST', body }),
    );
    expect(data).toMatchObject({ lines: 2, accepted: 1, refused: [{ line: 2, code: 'unknown_site' }] });
  });

  it('needs an admin key', async () => {
    const headers = { authorization: `Bearer ${READ_KEY}` };
    expect((await ask(stack.collector, '/api/import', { method: 'POST', body: '', headers })).status).toBe(
      401,
    );
  });

  it('reads a long body as it comes, in whatever pieces', async () => {
    const site = newSite();
    const at = Date.now() - DAY_MS;
    const text = Array.from({ length: 300 }, (_, i) =>
      JSON.stringify(line(`e${i}`, at, { batch: `b${i}` })),
    ).join('\n');
    const bytes = Buffer.from(text);
    const pieces = async function* () {
      for (let from = 0; from < bytes.length; from += 777) yield bytes.subarray(from, from + 777);
    };
    const body = ReadableStream.from(pieces());
    const init = { method: 'POST', body, duplex: 'half' } as RequestInit;
    const { data } = await readReply<ImportData>(
      await ask(stack.collector, `/api/import?site=${site}`, init),
    );
    expect(data).toEqual({ lines: 300, accepted: 300, refused: [] });
  });
});
