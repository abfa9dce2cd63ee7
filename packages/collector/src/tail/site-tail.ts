/** What arrived at a site since its newest stored hours, over all its shards: one read at a time, shared by all who ask. */

import { MAX_TAIL_EVENT_BYTES, MAX_TAIL_EVENT_BYTES_OF_FUNCTION } from '../budgets.js';
import type { RollupContext, RollupSite } from '../rollup/rollup-context.js';
import type { DayMark } from '../storage/rollup-store.js';
import { utcDay } from '../time/ms.js';
import { type Announcements, createAnnouncements, type NumberBatches } from './announcements.js';
import { READ_LIMITS, type ReadLimits } from './read-on.js';
import { createShardTail, type ShardTail, type StartCause, type TailCut } from './shard-tail.js';

/** Who asks within this time of the beginning of a read shares it; later ones wait for the next. */
const SHARED_MS = 1_000;

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
  done: Promise<boolean>;
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
  let lastReadAt = performance.now();
  let isClosed = false;
  const announcements = createAnnouncements(numberBatches, (shard, batch) => shards[shard]?.add(batch));

  function createShards(): ShardTail[] {
    return Array.from({ length: site.shards }, (_, shard) =>
      createShardTail(context, site, shard, { maxRowsBytes, onStart }),
    );
  }

  /** In this order: time, marks, newest state, log. What a mark's round has taken over is in the state that is read after it. */
  async function refreshAll(): Promise<boolean> {
    const readAt = context.rollups.now();
    const reading = shards;
    const [marks] = await Promise.all([readMarks(reading), announcements.flush()]);
    const complete = await Promise.all(reading.map((shard) => shard.refresh(readAt, marks, limits)));
    return complete.every(Boolean);
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
    const started: Refresh = { startedAt: performance.now(), done: refreshAll() };
    refresh = started;
    started.done.then(
      (isComplete) => settle(started, isComplete),
      () => settle(started, true),
    );
    return started;
  }

  function settle(ended: Refresh, isComplete: boolean): void {
    if (refresh !== ended) return;
    refresh = undefined;
    if (!isComplete && readsOn && !isClosed) start();
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
      await refresh?.done.catch(() => {});
    },
  };
}
