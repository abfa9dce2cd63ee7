/** Random histories: what is stored of a closed day by column is each event of its log once, and nothing of who was erased. */
import type { Store } from '@liveinsight/collector';
import { expect, it } from 'vitest';
import type { Chunk } from '../../src/columns/chunk.js';
import { textAt } from '../../src/columns/chunk.js';
import { readSegment } from '../../src/segments/read-segment.js';
import type { RollupState } from '../../src/storage/rollup-store.js';
import { DAY_MS, HOUR_MS, MINUTE_MS, utcDay, utcDays } from '../../src/time/ms.js';
import { startSqlite } from '../sqlite.js';
import { startDynamoStack } from '../stack.js';
import { History } from './history.js';

const SEED = Number(process.env.SEGMENTS_SEED ?? 1);
const HISTORIES = Number(process.env.SEGMENTS_HISTORIES ?? 2);
const STEPS = 30;
const ZONES = ['UTC', 'Asia/Kathmandu', 'America/St_Johns'];

async function step(history: History): Promise<void> {
  const { int, maybe } = history.random;
  const what = int(100);
  if (what < 45) {
    await history.tick(maybe(0.6) ? int(40) * MINUTE_MS : int(9) * HOUR_MS);
    for (let left = int(5); left > 0; left -= 1) await history.send();
  } else if (what < 82) await Promise.all([history.roll(), ...(maybe(0.3) ? [history.roll()] : [])]);
  else if (what < 90) await history.importSome();
  else await Promise.all([history.erase(true), ...(maybe(0.4) ? [history.roll()] : [])]);
}

const toIds = (chunk: Chunk): number[] => {
  const { count, page } = chunk.event();
  return Array.from({ length: count }, (_, row) => Number(textAt(page, row)?.slice(2)));
};

async function closedDays({ store, site, now }: History): Promise<RollupState[]> {
  const days: RollupState[] = [];
  for (let shard = 0; shard < site.shards; shard += 1) {
    const range = { site: site.id, shard, kind: 'day', from: now - 40 * DAY_MS, to: now } as const;
    days.push(...(await store.rollups(range, { consistent: true })).states);
  }
  return days;
}

async function pendingDays({ store, site }: History, cause: 'import' | 'erased'): Promise<Set<string>> {
  return new Set((await store.markedDays(site.id, cause)).map(({ day }) => day));
}

/** Every day that has columns. */
async function check(history: History): Promise<void> {
  const { store } = history;
  const [imports, erasures] = [await pendingDays(history, 'import'), await pendingDays(history, 'erased')];
  for (const day of await closedDays(history)) {
    if (!day.columns) continue;
    const ids: number[] = [];
    for (const ref of day.columns.segments) {
      const { chunk } = await readSegment(store, day, ref, {
        nowMs: history.now,
        consistent: true,
      });
      ids.push(...toIds(chunk));
      expect(chunk.property().get('id')?.rows.length ?? 0).toBe(chunk.events);
    }
    const described = { day: new Date(day.start).toISOString(), shard: day.shard, version: day.version };
    expect({ ...described, twice: ids.filter((id, index) => ids.indexOf(id) !== index) }).toEqual({
      ...described,
      twice: [],
    });
    expect(day.columns.events).toBe(ids.length);
    const isPending = (days: Set<string>) => utcDays(day.start, day.through).some((one) => days.has(one));
    const within = history.items.filter(
      ({ at, batch }) => at >= day.start && at < day.through && batch.shardAt(at) === day.shard,
    );
    const expected = within.filter(({ erasedAt }) => erasedAt === undefined);
    const due = expected
      .filter((item) => !history.mayBeErased(item) && !(item.isImport && isPending(imports)))
      .map(({ id }) => id);
    expect({ ...described, lost: due.filter((id) => !ids.includes(id)) }).toEqual({ ...described, lost: [] });
    const gone = within.filter(({ erasedAt }) => erasedAt !== undefined).map(({ id }) => id);
    if (!isPending(erasures))
      expect({ ...described, kept: gone.filter((id) => ids.includes(id)) }).toEqual({
        ...described,
        kept: [],
      });
    expect({ ...described, others: ids.filter((id) => !within.some((item) => item.id === id)) }).toEqual({
      ...described,
      others: [],
    });
  }
}

/** What a question reads of days, segments and log together. */
async function checkQuestion(history: History): Promise<void> {
  const { store, now, items } = history;
  const imports = await pendingDays(history, 'import');
  const set = await history.read(now - 10 * DAY_MS, now + 1);
  expect(set).toMatchObject({ asOf: now, notes: [] });
  expect(set.knownFrom).toBeUndefined();
  const ids: number[] = [];
  for await (const chunk of set.chunks()) ids.push(...toIds(chunk));
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  const due = items.filter(
    (item) =>
      item.visibleAt <= now && !history.mayBeErased(item) && !(item.isImport && imports.has(utcDay(item.at))),
  );
  expect(due.map(({ id }) => id).filter((id) => !ids.includes(id))).toEqual([]);
  if ((await store.markedDays(history.site.id, 'erased')).length > 0) return;
  const gone = items.filter(({ erasedAt }) => erasedAt !== undefined && erasedAt < now - 2 * MINUTE_MS);
  expect(gone.map(({ id }) => id).filter((id) => ids.includes(id))).toEqual([]);
}

/** All days of traffic are closed and have columns, no mark is left, and no part holds who was erased. */
async function checkAtRest(history: History): Promise<void> {
  const { store, site } = history;
  await check(history);
  await checkQuestion(history);
  const days = await closedDays(history);
  for (const { at, batch, erasedAt } of history.items) {
    const start = site.calendar.floor(at, 'day');
    const day = days.find((one) => one.start === start && one.shard === batch.shardAt(at));
    if (erasedAt === undefined) expect(day?.columns, `columns of ${utcDay(start)}`).toBeDefined();
  }
  for (const cause of ['import', 'erased', 'columns'] as const)
    expect(await store.markedDays(site.id, cause)).toEqual([]);
  const gone = new Set(history.items.flatMap(({ id, erasedAt }) => (erasedAt === undefined ? [] : id)));
  for (const day of days) {
    const parts = (await store.listSegmentParts(day, 1e9)).filter(({ group }) => group === 'all');
    for (const { segment } of parts) {
      const ref = { id: segment, groups: { all: { parts: 1, bytes: 0 } } };
      const read = { nowMs: history.now, consistent: true };
      const { chunk } = await readSegment(store, day, ref, read);
      expect(toIds(chunk).filter((id) => gone.has(id))).toEqual([]);
    }
  }
}

const stores = {
  dynalite: () => startDynamoStack({ rollUpEverySeconds: 0 }),
  SQLite: startSqlite,
};

it.each(Object.entries(stores))(
  'hold each event of a closed day once, and nothing of who was erased, on %s',
  async (_, start) => {
    const { store, close } = await start();
    await runHistories(store).finally(close);
  },
  120_000,
);

async function runHistories(store: Store): Promise<void> {
  for (let seed = SEED; seed < SEED + HISTORIES; seed += 1) {
    const zone = ZONES[seed % ZONES.length] ?? 'UTC';
    const history = new History(store, seed, '2026-03-02T10:20:00Z', zone);
    try {
      for (let steps = 0; steps < STEPS; steps += 1) {
        await step(history);
        if (steps % 3 !== 2) continue;
        await check(history);
        await checkQuestion(history);
      }
      await history.rest();
      await checkAtRest(history);
      expect(history.failures).toEqual([]);
    } catch (error) {
      if (error instanceof Error) error.message = `history ${seed}: ${error.message}`;
      throw error;
    }
  }
}
