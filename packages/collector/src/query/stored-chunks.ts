/** Chunks of a range: days by their segments, the rest from the log. */
import { MAX_READ_BYTES } from '../budgets.js';
import { type Chunk, type Group, withNeeds } from '../columns/chunk.js';
import { createChunkBuilder } from '../columns/chunk-builder.js';
import type { ArrivalSpan, ChunkSource } from '../columns/chunk-source.js';
import { withoutEvents } from '../columns/derive-chunk.js';
import { CLOCK_MARGIN_MS, expiredNote } from '../event-log/retention-window.js';
import { createNote, type Note } from '../notes.js';
import { readState, reportMissing } from '../rollup/day-columns.js';
import type { RollupContext } from '../rollup/rollup-context.js';
import { MissingPartError, readSegment } from '../segments/read-segment.js';
import type { SegmentCache } from '../segments/segment-cache.js';
import { maxShards } from '../sites/sharding.js';
import type { ResolvedSite } from '../sites/site-registry.js';
import type { StoredBatch } from '../storage/event-store.js';
import { DAY_MS } from '../time/ms.js';
import { createTimeSlice } from '../time-slice.js';
import { type GapBatches, readGap } from './gap-chunks.js';
import { type Cover, countBytes, type Gap, lacksGroups, planShard, selectNewest } from './segment-plan.js';

/** Segments read at once; each has its parts read several at a time. */
const AT_ONCE = 4;
/** How often a day is read again, consistently, whose parts were not there. */
const MAX_REREADS = 2;

export interface StoredChunksOptions {
  cache: SegmentCache;
  /** Stored bytes of the segments of one question. */
  maxBytes: number;
}

type Groups = (span: ArrivalSpan) => Iterable<Group>;

export const storedChunks =
  (context: RollupContext, { cache, maxBytes }: StoredChunksOptions): ChunkSource =>
  async (site, asked, groups) => {
    const now = context.rollups.now();
    const range = { from: asked.from, to: Math.min(asked.to, now + CLOCK_MARGIN_MS) };
    const plan = await planRange(context, site, range, now);
    const { covers, knownFrom } = selectNewest(
      plan.covers,
      (cover) => {
        const isWanted = isWantedBy(groups(cover));
        return lacksGroups(cover, isWanted, now) ? undefined : countBytes(cover, isWanted);
      },
      maxBytes,
    );
    const read = await readCovers({ context, site, cache, groups, now }, covers);
    const log = await readGaps(context, site, [...plan.gaps, ...read.gaps], { range, now, knownFrom });
    const chunks = [...read.chunks, ...log.chunks].filter(
      ({ to, events }) => events > 0 && to > log.knownFrom,
    );
    return {
      async *chunks() {
        yield* chunks;
      },
      asOf: Math.min(now, log.asOf),
      notes: toNotes(log, range, maxBytes),
      ...(log.knownFrom > asked.from ? { knownFrom: log.knownFrom } : {}),
    };
  };

const isWantedBy = (groups: Iterable<Group>): ((group: string) => boolean) => {
  const wanted = new Set<string>(['all', ...withNeeds(groups)]);
  return (group) => wanted.has(group);
};

async function planRange(
  { rollups }: RollupContext,
  site: ResolvedSite,
  { from, to }: ArrivalSpan,
  nowMs: number,
): Promise<{ covers: Cover[]; gaps: Gap[] }> {
  const plans = await Promise.all(
    listShards(site).map(async (shard) => {
      const range = { site: site.id, shard, kind: 'day', from: from - 2 * DAY_MS, to } as const;
      const { states } = await rollups.rollups(range);
      return planShard(states, { shard, from, to, nowMs });
    }),
  );
  return { covers: plans.flatMap(({ covers }) => covers), gaps: plans.flatMap(({ gaps }) => gaps) };
}

const listShards = ({ shards }: ResolvedSite): number[] =>
  Array.from({ length: maxShards(shards) }, (_, shard) => shard);

interface Reading {
  context: RollupContext;
  site: ResolvedSite;
  cache: SegmentCache;
  groups: Groups;
  now: number;
}

/** Covers whose parts are missing, or cannot be read, become gaps. */
async function readCovers(
  reading: Reading,
  covers: readonly Cover[],
): Promise<{ chunks: Chunk[]; gaps: Gap[] }> {
  const found: { chunks: Chunk[]; gaps: Gap[] } = { chunks: [], gaps: [] };
  const left = [...covers];
  const worker = async () => {
    for (let cover = left.shift(); cover !== undefined; cover = left.shift()) {
      const { from, to, state } = cover;
      const chunks = await readDay(reading, cover);
      if (chunks) found.chunks.push(...chunks);
      else found.gaps.push({ shard: state.shard, from, to, day: state.start });
    }
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, covers.length) }, worker));
  return found;
}

/** The unit of reading is the day: what its state names, all of it or nothing. */
async function readDay(reading: Reading, cover: Cover): Promise<Chunk[] | undefined> {
  const { context, site, now } = reading;
  let { segments } = cover;
  for (let reread = 0; ; reread += 1) {
    try {
      const chunks: Chunk[] = [];
      for (const ref of segments)
        chunks.push(await readRef(reading, { ...cover, segments }, ref, reread > 0));
      return chunks;
    } catch (error) {
      if (error instanceof Error && error.name === 'StoreUnavailableError') throw error;
      const isMissing = error instanceof MissingPartError;
      if (!isMissing || reread === MAX_REREADS) {
        await reportMissing(context, site, cover.state, error);
        return undefined;
      }
      // It was written again, as after an erasure.
      const state = await readState(context.rollups, cover.state);
      const columns = state?.columns;
      if (!columns || columns.through < cover.to || columns.expires_at * 1_000 <= now) return undefined;
      ({ segments } = columns);
    }
  }
}

async function readRef(
  { context, site, cache, groups, now }: Reading,
  cover: Cover,
  ref: Cover['segments'][number],
  consistent: boolean,
): Promise<Chunk> {
  const { state } = cover;
  const isPartial = cover.from > state.start;
  // To cut rows off, all of their columns are needed.
  const wanted = isPartial ? undefined : withNeeds(groups({ from: cover.from, to: cover.to }));
  const part = wanted ? [...wanted].sort().join() : cover.from;
  const name = `${state.shard} ${state.kind} ${state.start} ${ref.id} ${part}`;
  const cached = cache.get(site.id, name);
  if (cached) return cached;
  const options = { nowMs: now, consistent, ...(wanted ? { groups: wanted } : {}) };
  const { chunk } = await readSegment(context.rollups, state, ref, options);
  const rows = isPartial && cover.from > chunk.from ? withoutEvents(chunk, () => cover.from) : chunk;
  cache.set(
    site.id,
    name,
    rows,
    countBytes(
      { ...cover, segments: [ref] },
      (group) => !wanted || group === 'all' || wanted.has(group as Group),
    ),
  );
  return rows;
}

interface GapRange {
  range: ArrivalSpan;
  now: number;
  /** What is before is left out. */
  knownFrom: number;
}

interface FromLog {
  chunks: Chunk[];
  /** Arrivals up to then (ms) are in. */
  asOf: number;
  knownFrom: number;
  isExpired: boolean;
}

/** The newest first: what follows the closed days, as of an earlier time where it is too much; then days without columns. */
async function readGaps(
  context: RollupContext,
  site: ResolvedSite,
  gaps: readonly Gap[],
  { range, now, knownFrom }: GapRange,
): Promise<FromLog> {
  const retainedFrom = now - site.retentionDays * DAY_MS;
  const budget = { left: MAX_READ_BYTES };
  const read: (GapBatches & { from: number })[] = [];
  const log: FromLog = { chunks: [], asOf: range.to, knownFrom, isExpired: false };
  const isOfNoDay = ({ day, from }: Gap) => day === undefined && from < retainedFrom;
  const closedUntil = gaps.some(isOfNoDay) ? await newestClosed(context.rollups, site, now) : now;
  for (const gap of [...gaps].sort((a, b) => b.to - a.to)) {
    if (gap.to <= log.knownFrom) continue;
    const expiredTo = Math.min(gap.to, retainedFrom);
    // Before the newest closed day, a day of which nothing is stored had no traffic. Where none is closed, that is not known.
    if (gap.from < retainedFrom && (gap.day !== undefined || closedUntil < expiredTo)) {
      log.knownFrom = gap.day === undefined ? expiredTo : gap.to;
      log.isExpired = true;
    }
    const from = Math.max(gap.from, retainedFrom);
    if (gap.to <= Math.max(from, log.knownFrom)) continue;
    const found = await readGap(context, site.id, { ...gap, from }, budget);
    const isNewest = gap.to === range.to;
    if (found.to < gap.to && !isNewest) log.knownFrom = gap.to;
    else {
      read.push({ ...found, from });
      if (isNewest) log.asOf = Math.min(log.asOf, found.to);
    }
  }
  for (const { batches, from, to } of read)
    log.chunks.push(await build(context, batches, from, Math.min(to, log.asOf)));
  return log;
}

/** The end of the newest closed day of any shard (ms): a round closes the days of all. */
async function newestClosed(
  rollups: RollupContext['rollups'],
  site: ResolvedSite,
  now: number,
): Promise<number> {
  const days = await Promise.all(
    listShards(site).map((shard) => rollups.newest({ site: site.id, shard, kind: 'day' }, now)),
  );
  return Math.max(...days.map((day) => day?.through ?? Number.NEGATIVE_INFINITY));
}

async function build(
  { hash, countBots }: RollupContext,
  batches: StoredBatch[],
  from: number,
  to: number,
): Promise<Chunk> {
  const builder = createChunkBuilder({ hash, countBots, from, to });
  const slice = createTimeSlice();
  for (const batch of batches) {
    if (batch.received_at < to) builder.add(batch);
    await slice();
  }
  return builder.build();
}

function toNotes({ knownFrom, isExpired }: FromLog, range: ArrivalSpan, maxBytes: number): Note[] {
  if (knownFrom <= range.from) return [];
  if (isExpired) return [expiredNote(knownFrom)];
  const at = new Date(knownFrom).toISOString();
  const limit = maxBytes >> 20;
  const message = `truncated: at most ${limit} MB of stored events are read (events since ${at})`;
  return [createNote('raw_events_cut', message, { at, limit })];
}
