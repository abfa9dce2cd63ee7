/** What arrived at a site since its newest stored hours, over all its shards: one read at a time, shared by all who ask. */

import { MAX_TAIL_EVENT_BYTES, MAX_TAIL_EVENT_BYTES_OF_FUNCTION } from '../budgets.js';
import type { RollupContext, RollupSite } from '../rollup/rollup-context.js';
import type { DayMark } from '../storage/rollup-store.js';
import { utcDay } from '../time/ms.js';
import { type Announcements, createAnnouncements, type NumberBatches } from './announcements.js';
import { READ_LIMITS, type ReadLimits, type ReadOutcome } from './read-on.js';
import { createShardTail, type ShardTail, type StartCause, type TailCut } from './shard-tail.js';

/** Who asks within this time of the beginning of a read shares it; later ones wait for the next. */
const SHARED_MS = 1_000;
/** A busy site is read on between questions, for so long after the last one: dashboards ask every 10 seconds. */
const READ_AHEAD_FOR_MS = 15_000;
const READ_AHEAD_EVERY_MS = 500;
/** Busy is where a batch comes at least so often, on average: else a question has little to read, and reading more often costs more. */
const BUSY_MS_PER_BATCH = 25;

export interface SiteTailParts {
  context: RollupContext;
  site: RollupSite;
  numberBatches: NumberBatches;
  /** Whether something may run on behind a reply. */
  readsOn: boolean;
  limits?: ReadLimits;
}

export interface SiteTail {
  /** Keeps events by column from now on. */
  keepRows(): void;
  /** Reads what is new, and resolves to the cut of each shard. */
  read(): Promise<TailCut[]>;
  /** The cuts as they are; undefined where nothing is held. */
  peek(): TailCut[] | undefined;
  /** Takes in what this process has stored. */
  announce: Announcements['add'];
  /** Drops all that is held: what was read may be gone, or more may be there. */
  startOver(): void;
  /** By own clock (`performance.now`). */
  readonly lastReadAt: number;
  readonly bytes: number;
  /** How often an aggregate was begun, by cause. */
  readonly starts: ReadonlyMap<StartCause, number>;
  /** Resolves when no read is under way any more. */
  close(): Promise<void>;
}

interface Refresh {
  startedAt: number;
  done: Promise<ReadOutcome>;
}

export function createSiteTail({
  context,
  site,
  numberBatches,
  readsOn,
  limits = READ_LIMITS,
}: SiteTailParts): SiteTail {
  const starts = new Map<StartCause, number>();
  const onStart = (cause: StartCause) => void starts.set(cause, (starts.get(cause) ?? 0) + 1);
  const maxRowsBytes = readsOn ? MAX_TAIL_EVENT_BYTES : MAX_TAIL_EVENT_BYTES_OF_FUNCTION;
  let keepsRows = false;
  let shards: ShardTail[] = createShards();
  let refresh: Refresh | undefined;
  let readAhead: ReturnType<typeof setTimeout> | undefined;
  /** By own clock: when the read before began. */
  let refreshedAt: number | undefined;
  let lastReadAt = performance.now();
  let isClosed = false;
  const announcements = createAnnouncements(numberBatches, (shard, batch) => shards[shard]?.add(batch));

  function createShards(): ShardTail[] {
    return Array.from({ length: site.shards }, (_, shard) =>
      createShardTail(context, site, shard, { maxRowsBytes, onStart }),
    );
  }

  /** In this order: time, marks, newest state, log. What a mark's round has taken over is in the state that is read after it. */
  async function refreshAll(): Promise<ReadOutcome> {
    const readAt = context.rollups.now();
    const reading = shards;
    const [marks] = await Promise.all([readMarks(reading), announcements.flush()]);
    const outcomes = await Promise.all(reading.map((shard) => shard.refresh(readAt, marks, limits)));
    return {
      isComplete: outcomes.every(({ isComplete }) => isComplete),
      arrivals: outcomes.reduce((sum, { arrivals }) => sum + arrivals, 0),
    };
  }

  async function readMarks(reading: ShardTail[]): Promise<DayMark[]> {
    const held = reading.flatMap((shard) => shard.heldFrom() ?? []);
    // What is begun now is younger than every mark that is there.
    if (held.length === 0) return [];
    const options = { fromDay: utcDay(Math.min(...held)), consistent: false };
    const found = await Promise.all(
      (['import', 'erase'] as const).map((cause) => context.rollups.markedDays(site.id, cause, options)),
    );
    return found.flat();
  }

  function start(): Refresh {
    clearTimeout(readAhead);
    const started: Refresh = { startedAt: performance.now(), done: refreshAll() };
    refresh = started;
    started.done.then(
      (outcome) => settle(started, outcome),
      () => settle(started),
    );
    return started;
  }

  function settle(ended: Refresh, outcome?: ReadOutcome): void {
    if (refresh !== ended) return;
    refresh = undefined;
    if (!outcome || !readsOn || isClosed) return;
    // The first read finds what has come in any time.
    const elapsedMs = ended.startedAt - (refreshedAt ?? Number.NEGATIVE_INFINITY);
    refreshedAt = ended.startedAt;
    if (!outcome.isComplete) start();
    else if (outcome.arrivals * BUSY_MS_PER_BATCH > elapsedMs) planReadAhead();
  }

  function planReadAhead(): void {
    if (performance.now() - lastReadAt > READ_AHEAD_FOR_MS) return;
    readAhead = setTimeout(() => void (refresh ?? start()), READ_AHEAD_EVERY_MS).unref();
  }

  /** Who shares a read that fails fails with it: the aggregate is not newer than before. */
  async function refreshShared(): Promise<void> {
    const running = refresh;
    if (running && performance.now() - running.startedAt > SHARED_MS) {
      await running.done.catch(() => {});
      await (refresh ?? start()).done;
    } else await (running ?? start()).done;
  }

  const cuts = () => shards.map((shard) => shard.cut());
  const isWhole = (found: (TailCut | undefined)[]): found is TailCut[] => found.every(Boolean);

  return {
    async read() {
      lastReadAt = performance.now();
      for (;;) {
        await refreshShared();
        // The read may have begun before this process stored, and acknowledged, what the asker knows of.
        await announcements.flush();
        const found = cuts();
        // Dropped while it was read: once more.
        if (isWhole(found)) return found;
      }
    },
    peek() {
      const found = cuts();
      return isWhole(found) ? found : undefined;
    },
    announce: announcements.add,
    startOver() {
      shards = createShards();
      if (keepsRows) for (const shard of shards) shard.keepRows();
      refresh = undefined;
    },
    keepRows() {
      keepsRows = true;
      for (const shard of shards) shard.keepRows();
    },
    get lastReadAt() {
      return lastReadAt;
    },
    get bytes() {
      return shards.reduce((sum, shard) => sum + shard.bytes, 0);
    },
    starts,
    async close() {
      isClosed = true;
      clearTimeout(readAhead);
      await refresh?.done.catch(() => {});
    },
  };
}
