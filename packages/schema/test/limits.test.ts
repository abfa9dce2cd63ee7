import * as exported from '@liveinsight/schema/limits';
import { describe, expect, test } from 'vitest';
import { accepted, parse, refused } from './parse.js';

const limits = { ...exported };
type Limit = keyof typeof limits;

/** A limit at a place: what just fits there, and what is just too much. */
interface Edge {
  limit: Limit;
  path: string;
  fits: unknown[];
  exceeds: unknown[];
  /** The issue's path, where the place is not its own. */
  named?: string;
}

const { MAX_PROPS, MAX_PROPS_DEPTH, MAX_DROP_REASONS, MAX_TIME_MS } = limits;
const chars = (count: number, char = 'x') => char.repeat(count);
const nest = (levels: number): unknown => (levels === 0 ? 1 : { a: nest(levels - 1) });
const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, i) => [`p${i}`, 1]));

const textEdge = (limit: Limit, path: string, alphabet = ['x', '한', '😀']): Edge => ({
  limit,
  path,
  fits: alphabet.map((char) => chars(limits[limit], char)),
  exceeds: alphabet.map((char) => chars(limits[limit] + 1, char)),
});
const numberEdge = (limit: Limit, path: string, least = 0): Edge => ({
  limit,
  path,
  fits: [least, limits[limit]],
  exceeds: [limits[limit] + 1, least - 1],
});

const ENVELOPE: Edge[] = [
  textEdge('MAX_SITE_CHARS', 'site', ['x']),
  ...['batch', 'visitor_id', 'session.session_id'].map((path) => textEdge('MAX_ID_CHARS', path, ['Z'])),
  textEdge('MAX_USER_ID_CHARS', 'user_id'),
  ...['session.entry_page', 'session.referrer'].map((path) => textEdge('MAX_URL_CHARS', path)),
  ...['source', 'medium', 'campaign', 'term', 'content'].map((name) =>
    textEdge('MAX_NAME_CHARS', `session.utm.${name}`),
  ),
  ...['language', 'screen', 'viewport', 'timezone'].map((name) =>
    textEdge('MAX_CONTEXT_CHARS', `context.${name}`),
  ),
  textEdge('MAX_NAME_CHARS', 'release'),
  numberEdge('MAX_TOUCH_POINTS', 'context.touch_points'),
  numberEdge('MAX_DROPPED_EVENTS', 'dropped.storage_full'),
  {
    limit: 'MAX_DROP_REASONS',
    path: 'dropped',
    fits: [{}, many(MAX_DROP_REASONS)],
    exceeds: [many(MAX_DROP_REASONS + 1)],
  },
  numberEdge('MAX_TIME_MS', 'sent_at', -MAX_TIME_MS),
];

const EVENTS: [event: Record<string, unknown>, edges: Edge[]][] = [
  [
    { event_type: 'page_view' },
    [
      textEdge('MAX_ID_CHARS', 'event_id', ['.']),
      ...['page_url', 'from_page'].map((path) => textEdge('MAX_URL_CHARS', path)),
      textEdge('MAX_TITLE_CHARS', 'page_title'),
      numberEdge('SESSION_TIMEOUT_MS', 'gap_ms'),
      numberEdge('MAX_ORDINAL', 'view'),
      numberEdge('MAX_TIME_MS', 'timestamp', -MAX_TIME_MS),
      {
        limit: 'MAX_PROPS',
        path: 'props',
        fits: [
          many(MAX_PROPS),
          { list: Array(MAX_PROPS - 1).fill(1) },
          { a: many(MAX_PROPS / 2 - 1), b: many(MAX_PROPS / 2 - 1) },
        ],
        exceeds: [
          many(MAX_PROPS + 1),
          { list: Array(MAX_PROPS).fill(1) },
          { a: many(MAX_PROPS / 2), b: many(MAX_PROPS / 2 - 1) },
        ],
      },
      {
        limit: 'MAX_PROPS_DEPTH',
        path: 'props',
        fits: [nest(MAX_PROPS_DEPTH)],
        exceeds: [nest(MAX_PROPS_DEPTH + 1)],
        named: `props${'.a'.repeat(MAX_PROPS_DEPTH)}`,
      },
      textEdge('MAX_PROP_CHARS', 'props.plan'),
      {
        limit: 'MAX_NAME_CHARS',
        path: 'props',
        fits: [{ [chars(limits.MAX_NAME_CHARS)]: 1 }],
        exceeds: [{ [chars(limits.MAX_NAME_CHARS + 1)]: 1 }],
      },
    ],
  ],
  [
    { event_type: 'click' },
    [
      ...['element_tag', 'element_id', 'element_class', 'element_text'].map((path) =>
        textEdge('MAX_ELEMENT_CHARS', path),
      ),
      textEdge('MAX_URL_CHARS', 'href'),
    ],
  ],
  [
    { event_type: 'conversion', conversion_type: 'purchase' },
    [
      textEdge('MAX_NAME_CHARS', 'conversion_type'),
      numberEdge('MAX_VALUE', 'value', -limits.MAX_VALUE),
      numberEdge('MAX_ORDINAL', 'nth'),
      numberEdge('MAX_ORDINAL', 'nth_of_type'),
    ],
  ],
  [{ event_type: 'page_exit' }, [numberEdge('MAX_ENGAGED_MS', 'engaged_ms')]],
  [{ event_type: 'custom', name: 'x' }, [textEdge('MAX_NAME_CHARS', 'name')]],
];

/** `target` with `value` at a dotted path. */
function withAt(target: object, path: string, value: unknown): Record<string, unknown> {
  const [key = '', ...rest] = path.split('.');
  const inner = (target as Record<string, unknown>)[key];
  return { ...target, [key]: rest.length ? withAt((inner as object) ?? {}, rest.join('.'), value) : value };
}

describe.each(ENVELOPE)('$path, of at most $limit', ({ limit, path, fits, exceeds }) => {
  const batch = { events: [{ event_type: 'page_view' }] };
  test('takes the limit, unchanged', () => {
    for (const value of fits) expect(accepted(withAt(batch, path, value)).accepted).toBe(1);
  });
  test('refuses more, naming field and limit', () => {
    for (const value of exceeds) {
      const [issue, ...others] = refused(withAt(batch, path, value));
      expect(others).toEqual([]);
      expect(issue).toMatchObject({ code: 'invalid_value', path });
      expect(issue.message).toMatch(new RegExp(`^${path} must .*(${Math.abs(limits[limit])}|at least 0)`));
    }
  });
});

describe.each(EVENTS)('%o', (event, edges) => {
  test.each(edges)(
    'takes $limit at $path, unchanged, and no more',
    ({ limit, path, fits, exceeds, named }) => {
      for (const value of fits) {
        const sent = withAt(event, path, value);
        const parsed = accepted({ events: [sent] });
        expect(parsed.rejected).toEqual([]);
        if (path !== 'timestamp') expect(parsed.batch.events).toMatchObject([sent]);
      }
      for (const value of exceeds) {
        const { rejected, batch } = accepted({ events: [withAt(event, path, value)] });
        expect(batch.events).toEqual([]);
        expect(rejected).toMatchObject([{ index: 0, code: 'invalid_value', path: named ?? path }]);
        expect(rejected[0]?.message).toMatch(
          new RegExp(`^${named ?? path} must .*(${Math.abs(limits[limit])}|at least 0)`),
        );
      }
    },
  );
});

test('a batch has 1 to MAX_EVENTS_PER_BATCH events', () => {
  const events = (count: number) => ({ events: Array(count).fill({ event_type: 'click' }) });
  expect(accepted(events(limits.MAX_EVENTS_PER_BATCH)).batch.events).toHaveLength(
    limits.MAX_EVENTS_PER_BATCH,
  );
  expect(refused(events(limits.MAX_EVENTS_PER_BATCH + 1))).toEqual([
    { code: 'too_many_events', path: 'events', message: 'events must be a list of 1 to 50 events, got 51' },
  ]);
  expect(refused(events(0))).toMatchObject([{ code: 'invalid_value', path: 'events' }]);
});

test('numbers from FIRST_SECOND_TIMESTAMP until FIRST_MILLISECOND_TIMESTAMP are seconds', () => {
  const timestampOf = (timestamp: number) =>
    accepted({ events: [{ event_type: 'click', timestamp }] }).batch.events[0]?.timestamp;
  const first = limits.FIRST_MILLISECOND_TIMESTAMP;
  expect(timestampOf(first)).toBe(first);
  expect(timestampOf(first - 1)).toBe((first - 1) * 1000);
  const second = limits.FIRST_SECOND_TIMESTAMP;
  expect(timestampOf(second)).toBe(second * 1000);
  expect(timestampOf(second - 1)).toBe(second - 1);
  expect(timestampOf(-second)).toBe(-second);
});

test('a refused request names at most MAX_ISSUES issues, with paths of at most MAX_ISSUE_PATH_CHARS', () => {
  const dropped = Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [chars(90, 'é') + i, -1]));
  const issues = refused({ dropped, events: [{ event_type: 'click' }] });
  expect(issues).toHaveLength(limits.MAX_ISSUES);
  const [issue] = refused({ dropped: { [chars(100_000)]: 1 }, events: [{ event_type: 'click' }] });
  expect(issue.path.length).toBe(limits.MAX_ISSUE_PATH_CHARS + 1);
  expect(issue.message.length).toBeLessThan(300);
});

/** Limits that are not the parser's to hold. */
const ELSEWHERE: Limit[] = ['MAX_BODY_BYTES', 'MAX_DECODED_BODY_BYTES', 'MAX_EVENT_AGE_MS'];
const HERE: Limit[] = [
  'MAX_EVENTS_PER_BATCH',
  'FIRST_MILLISECOND_TIMESTAMP',
  'FIRST_SECOND_TIMESTAMP',
  'MAX_ISSUES',
  'MAX_ISSUE_PATH_CHARS',
];

test('every limit is tested at its edge', () => {
  const edges = [...ENVELOPE, ...EVENTS.flatMap(([, of]) => of)].map(({ limit }) => limit);
  expect(new Set([...edges, ...HERE, ...ELSEWHERE])).toEqual(new Set(Object.keys(limits)));
});

test('a number that is not whole, or not finite, is refused where a whole one is wanted', () => {
  expect(parse({ events: [{ event_type: 'page_view', view: 1.5 }] })).toMatchObject({
    rejected: [{ message: 'view must be a whole number' }],
  });
});
