/** Whatever visitors send, a rollup stays within its budgets, in memory and stored; what it loses is counted. */
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { HOUR_STATE, MAX_INFLATED_STATE_BYTES, MAX_KEY_CHARS, MAX_ROW_SET_BYTES } from '../../src/budgets.js';
import { boundKey, isCut } from '../../src/events/bound-key.js';
import { DIMENSIONS } from '../../src/events/dimensions.js';
import { OTHER } from '../../src/events/over-budget.js';
import { toPage } from '../../src/events/page-path.js';
import { addBatch, emptyRollup, mergeRollup, type Rollup } from '../../src/rollup/aggregate.js';
import { decodeRollup, encodeRollup, encodeSplit } from '../../src/rollup/rollup-codec.js';
import { countRowBytes } from '../../src/rollup/row-set.js';
import type { StoredBatch, StoredEvent } from '../../src/storage/event-store.js';

const hash = () => 1n;
const LONG = '一'.repeat(2_020);
let sent = 0;

function batchOf(events: Partial<StoredEvent>[], more: Partial<StoredBatch> = {}): StoredBatch {
  sent += 1;
  return {
    site: 'shop',
    session_id: 's',
    batch: `b${sent}`,
    visitor_id: 'v',
    received_at: 1_700_000_000_000,
    expires_at: 0,
    events: events.map(
      (event, at) =>
        ({ event_id: `e${sent}-${at}`, timestamp: 0, event_type: 'page_view', ...event }) as StoredEvent,
    ),
    ...more,
  };
}

const pages = (rollup: Rollup) => [...rollup.rows.page.values()].reduce((sum, { events }) => sum + events, 0);

describe('a key', () => {
  it.each([
    ['a path of long letters', toPage(`https://a.example/${LONG}`)],
    ['a path of letters that take four escapes', toPage(`https://a.example/x${'😀'.repeat(900)}`)],
    ['a text of surrogate pairs', boundKey(`x${'😀'.repeat(900)}`)],
    ['a text', boundKey('x'.repeat(2_000))],
  ])('of %s is cut between letters, and says so', (_, key) => {
    expect(key.length).toBeLessThanOrEqual(MAX_KEY_CHARS);
    expect(key.length).toBeGreaterThan(MAX_KEY_CHARS - 12);
    expect(isCut(key)).toBe(true);
    expect(decodeURIComponent(encodeURI(decodeURIComponent(key)))).toMatch(/…$/);
    expect(boundKey(key)).toBe(key);
  });

  it('that is a path is the same when it is parsed again', () => {
    const page = toPage(`https://a.example/${LONG}`);
    expect(toPage(page)).toBe(page);
  });

  it('of the largest length is left as it is', () => {
    const page = `/${'x'.repeat(MAX_KEY_CHARS - 1)}`;
    expect(toPage(`https://a.example${page}`)).toBe(page);
    expect(isCut(page)).toBe(false);
  });
});

describe('rows', () => {
  it('stay within their budget while a hostile hour is folded, and none of its events is lost', () => {
    const rollup = emptyRollup();
    const visit = { page_url: 'https://a.example/cart', view: 1, from_page: '/' };
    let largest = 0;
    for (let at = 0; at < 200; at += 1) {
      addBatch(rollup, batchOf([visit, visit, visit]), { hash });
      const clicks = Array.from({ length: 40 }, (_, n) => ({
        event_type: 'click' as const,
        page_url: `https://a.example/${at}-${n}${LONG}`,
        element_text: `${at}-${n}${'x'.repeat(190)}`,
      }));
      addBatch(rollup, batchOf(clicks, { entry_page: `/${at}${LONG}`, referrer: `https://${at}${LONG}` }), {
        hash,
      });
      largest = Math.max(largest, countRowBytes(rollup.rows));
    }
    expect(largest).toBeLessThanOrEqual(MAX_ROW_SET_BYTES);
    expect(rollup.totals.events).toBe(200 * 43);
    expect(pages(rollup)).toBe(rollup.totals.events);
    expect(rollup.rows.page.get('/cart')?.page_views).toBe(600);
    expect(rollup.rows.page.get(OTHER)?.clicks).toBeGreaterThan(0);
    expect(rollup.over.get('(other)')).toBeGreaterThan(0);
    expect(rollup.over.get('truncated')).toBeGreaterThan(0);
  });

  it('within their budget are what a plain fold gives', () => {
    const rollup = emptyRollup();
    for (let at = 0; at < 500; at += 1) {
      addBatch(rollup, batchOf([{ page_url: `https://a.example/${at % 97}` }]), { hash });
    }
    expect(rollup.rows.page.size).toBe(97);
    expect(rollup.over.size).toBe(0);
  });

  it('stay within it when two rollups are merged', () => {
    const full = () => {
      const rollup = emptyRollup();
      for (let at = 0; at < 120; at += 1) {
        const events = Array.from({ length: 50 }, (_, n) => ({
          page_url: `https://a.example/${sent}-${n}${LONG}`,
        }));
        addBatch(rollup, batchOf(events), { hash });
      }
      return rollup;
    };
    const [one, other] = [full(), full()];
    mergeRollup(one, other);
    expect(countRowBytes(one.rows)).toBeLessThanOrEqual(MAX_ROW_SET_BYTES);
    expect(pages(one)).toBe(12_000);
  });
});

describe('a stored state', () => {
  /** Keys that do not deflate. */
  const noise = () =>
    Buffer.from(Array.from({ length: 700 }, () => Math.random() * 256)).toString('base64url');

  it('fits into an item, and into what a question may inflate, whatever it is of', () => {
    const rollup = emptyRollup();
    for (let at = 0; at < 300; at += 1) {
      const event = { page_url: `https://a.example/${noise()}`, from_page: `/${noise()}` };
      const batch = batchOf([event, { ...event, event_type: 'click', element_id: noise() }]);
      addBatch(rollup, { ...batch, entry_page: `/${noise()}`, referrer: `https://${noise()}` }, { hash });
    }
    const body = encodeRollup(rollup);
    expect(body.length).toBeLessThanOrEqual(HOUR_STATE.stored);
    expect(inflateRawSync(body).length).toBeLessThanOrEqual(HOUR_STATE.inflated);
    const decoded = decodeRollup({ body });
    expect(decoded.totals.events).toBe(600);
    expect(pages(decoded)).toBe(600);
    expect(decoded.over.get('(other)')).toBeGreaterThan(0);
    const apart = encodeSplit(rollup);
    expect(Math.max(apart.body.length, apart.edges.length)).toBeLessThan(400_000);
    expect(pages(decodeRollup(apart))).toBe(600);
  });

  it('with keys as long as older versions stored them is read with keys that are cut', () => {
    const key = `/${'%E4%B8%80'.repeat(2_000)}`;
    const [head = '', ...lines] = inflateRawSync(encodeRollup(emptyRollup())).toString().split('\n');
    const changed = JSON.stringify({ ...JSON.parse(head), lines: ['strips', 'page', 'journey'] });
    const body = deflateRawSync(
      [
        changed,
        ...lines,
        JSON.stringify([
          [key, `${key}x`],
          [2, 3],
        ]),
        JSON.stringify([[`${key}\u001f/`], [1]]),
      ].join('\n'),
    );
    const decoded = decodeRollup({ body });
    expect([...decoded.rows.page].map(([page, { events }]) => [page, events])).toEqual([[boundKey(key), 5]]);
    expect([...decoded.rows.journey.keys()]).toEqual([`${boundKey(key)}\u001f/`]);
    expect(decoded.over.get('truncated')).toBe(3);
  });

  it('that would inflate to more than the budget is read to where it may be, the rest as the sum of all', () => {
    const rollup = emptyRollup();
    addBatch(rollup, batchOf([{ page_url: 'https://a.example/' }]), { hash });
    const [head = '', ...lines] = inflateRawSync(encodeRollup(rollup)).toString().split('\n');
    const parsed = JSON.parse(head);
    const bomb = JSON.stringify([['x'.repeat(2 * MAX_INFLATED_STATE_BYTES)], [1]]);
    const at = parsed.lines.indexOf('page');
    const body = deflateRawSync(
      [head, ...lines.map((line, index) => (index === at ? bomb : line))].join('\n'),
    );
    const decoded = decodeRollup({ body });
    expect(decoded.totals.events).toBe(1);
    expect([...decoded.rows.page].map(([page, { events }]) => [page, events])).toEqual([[OTHER, 1]]);
    for (const dimension of DIMENSIONS) expect(decoded.rows[dimension].size).toBeLessThanOrEqual(1);
  });
});

it('invented currencies neither displace real ones nor grow without bounds', () => {
  const rollup = emptyRollup();
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
  for (const a of letters)
    for (const b of letters) {
      const paid = letters.map((c) => ({
        event_type: 'conversion' as const,
        conversion_type: 'x',
        value: 1,
        currency: `${a}${b}${c}`,
      }));
      addBatch(rollup, batchOf(paid), { hash });
    }
  expect(rollup.totals.conversions).toBe(17_576);
  expect(rollup.revenue.size).toBeLessThan(400);
  expect(rollup.revenue.get('EUR')).toBe(1_000_000);
  expect(rollup.over.get('dropped.currency')).toBe(17_576 - rollup.revenue.size);
});
