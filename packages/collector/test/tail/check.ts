/** Compares a response with a plain aggregation of what arrived. */
import { expect } from 'vitest';
import { sumBuckets } from '../../src/query/bucketed-rollup.js';
import { readFiltered } from '../../src/query/filtered.js';
import { parseFilters } from '../../src/query/filters.js';
import { readRollups } from '../../src/query/read-rollups.js';
import { storedChunks } from '../../src/query/stored-chunks.js';
import { addBatch, emptyRollup, FIVE_MINUTES_MS, type Rollup } from '../../src/rollup/aggregate.js';
import { SETTLE_MS } from '../../src/rollup/settle-time.js';
import { createSegmentCache } from '../../src/segments/segment-cache.js';
import { StoreUnavailableError } from '../../src/storage/event-store.js';
import { CURSOR_AGES_MS } from '../../src/tail/cursors.js';
import { HOUR_MS, utcDay } from '../../src/time/ms.js';
import type { History, Item } from './history.js';

const REBUILD_MS = 30_000;

export interface Response {
  asOf: number;
  counts: Map<number, number>;
}

/** Asks a process, by the hour or by 5 minutes, and checks what it says; undefined where its reads failed. */
export async function ask(
  history: History,
  index: number,
  by: 'hour' | '5m' | 'columns',
): Promise<Response | undefined> {
  if (by === 'columns') return askColumns(history, index);
  const process = history.processes[index];
  if (!process) return undefined;
  const pending = await history.pendingDays();
  const askedAt = history.now;
  const tail = process.tails.open(history.site);
  const context = { ...process.context, tail };
  const end = Math.floor(history.now / HOUR_MS) * HOUR_MS + 2 * HOUR_MS;
  const bounds =
    by === 'hour'
      ? [history.from, end - 2 * HOUR_MS, end]
      : Array.from({ length: 49 }, (_, bound) => end - (48 - bound) * FIVE_MINUTES_MS);
  try {
    const { buckets, asOf } = await readRollups(context, history.site, bounds, {
      dimensions: ['page', 'source'],
      rowsOfEach: true,
    });
    // By 5 minutes, beyond the log, totals alone are known: never so few here.
    expect(buckets.some(({ additiveOnly }) => additiveOnly)).toBe(false);
    const { rollup } = sumBuckets(buckets);
    const counts = toCounts(rollup);
    const cuts = (await tail.cuts()) ?? [];
    const held = cuts.map(
      ({ buckets }) => new Set(buckets.flatMap((bucket) => [...toCounts(bucket.rollup).keys()])),
    );
    const from = bounds[0] ?? 0;
    for (const item of history.items) {
      const shard = item.batch.shardAt(item.at);
      const through = cuts[shard]?.through ?? 0;
      if (item.at >= from)
        checkItem(history, item, { asOf, counts, through, pending, askedAt, held: held[shard] });
    }
    checkNumbers(history, rollup, counts);
    return { asOf, counts };
  } catch (error) {
    if (error instanceof StoreUnavailableError) return undefined;
    throw error;
  }
}

/** What a query with filters counts: events by column, of which those that were seen before are in the process. */
async function askColumns(history: History, index: number): Promise<Response | undefined> {
  const process = history.processes[index];
  if (!process) return undefined;
  const pending = await history.pendingDays();
  const askedAt = history.now;
  const tail = process.tails.open(history.site);
  const chunks = storedChunks(process.context, { cache: createSegmentCache(1e6), maxBytes: 1e6 });
  const bounds = [history.from, history.now + HOUR_MS];
  const query = {
    ...{ conditions: parseFilters(new URLSearchParams('page=/i*')), level: 'session' as const },
    ...{ calendar: history.site.calendar, dimensions: ['page', 'source'] as const, axes: [] },
    ...{ fiveMinuteTotals: false, rowsOfEach: false },
  };
  try {
    const { numbers, asOf, knownFrom } = await readFiltered(
      { ...process.context, tail, chunks },
      history.resolved,
      query,
      bounds,
    );
    expect(knownFrom).toBeUndefined();
    const rollup = numbers.buckets[0]?.rollup ?? emptyRollup();
    const counts = toCounts(rollup);
    const from = bounds[0] ?? 0;
    // All are judged as in the tail: the log is read as of now, and nothing of it is stored as numbers.
    for (const item of history.items)
      if (item.at >= from)
        checkItem(history, item, {
          ...{ asOf, counts, through: 0, pending, askedAt },
          held: new Set(counts.keys()),
        });
    checkNumbers(history, rollup, counts);
    return { asOf, counts };
  } catch (error) {
    if (error instanceof StoreUnavailableError) return undefined;
    throw error;
  }
}

const toCounts = (rollup: Rollup): Map<number, number> =>
  new Map([...rollup.rows.page].map(([page, { events }]) => [Number(page.slice(2)), events]));

interface Known extends Response {
  through: number;
  pending: Set<string>;
  askedAt: number;
  held: Set<number> | undefined;
}

function checkItem(
  { clockErrorMs: error }: History,
  item: Item,
  { asOf, counts, through, pending, askedAt, held }: Known,
): void {
  const count = counts.get(item.id) ?? 0;
  const seenAt = Math.max(...item.visibleAt);
  const described = {
    item: item.id,
    kind: item.kind,
    shard: item.batch.shardAt(item.at),
    at: item.at,
    seenAt,
    asOf,
    through,
    erasedAt: item.erasedAt,
  };
  if (count > 1) expect({ ...described, count }).toBe('counted once');
  if (item.kind === 'lost') {
    if (count > 0) expect(described).toBe('gone with the tables that a backup has replaced');
    return;
  }
  // A mark settles, an aggregate may be as young as this, and two clocks may differ.
  const slack = REBUILD_MS + 2 * error + 3_000;
  if (item.erasedAt !== undefined) {
    if (held?.has(item.id) && asOf > item.erasedAt + SETTLE_MS + slack)
      expect(described).toBe('erased from the tail');
    return;
  }
  if (count === 1) return;
  const lateness = seenAt - item.at + error;
  const age = CURSOR_AGES_MS.find((one) => one >= lateness);
  const isDue =
    item.kind === 'import'
      ? item.at < through
        ? !pending.has(utcDay(item.at)) && seenAt < Math.min(askedAt, asOf)
        : asOf > seenAt + slack
      : item.kind === 'live' && age !== undefined && asOf > item.at + age;
  if (isDue) expect(described).toBe('counted');
}

/** The numbers are those of the items that are counted. */
function checkNumbers(
  { items, processes: [process] }: History,
  rollup: Rollup,
  counts: Map<number, number>,
): void {
  const plain = emptyRollup();
  if (!process) return;
  const { hash } = process.context;
  for (const { id, batch } of items) {
    if (counts.has(id))
      addBatch(plain, { ...batch, expires_at: 0, received_at: batch.received_at ?? 0 }, { hash });
  }
  const toNumbers = ({ totals, visitors, rows }: Rollup) => ({
    totals,
    visitors: visitors.count(),
    sources: Object.fromEntries([...rows.source].map(([source, { events }]) => [source, events])),
  });
  expect(toNumbers(rollup)).toEqual(toNumbers(plain));
}
