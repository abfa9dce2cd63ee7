/** Chunks of a range: days by their segments, the rest from the log. */
import { MAX_READ_BYTES, MAX_SAMPLE_READ_BYTES } from '../budgets.js';
import { type Chunk, type Group, withNeeds } from '../columns/chunk.js';
import type { ArrivalSpan, ChunkSource, HeldArrivals } from '../columns/chunk-source.js';
import { CLOCK_MARGIN_MS, expiredNote } from '../event-log/retention-window.js';
import { defaultTraffic } from '../events/traffic.js';
import { createNote, type Note } from '../notes.js';
import type { RollupContext } from '../rollup/rollup-context.js';
import type { SegmentCache } from '../segments/segment-cache.js';
import { maxShards } from '../sites/sharding.js';
import type { ResolvedSite } from '../sites/site-registry.js';
import type { SegmentRef } from '../storage/segment-store.js';
import { DAY_MS, HOUR_MS } from '../time/ms.js';
import { readCovers } from './cover-chunks.js';
import { type ChunksContext, readGap } from './gap-chunks.js';
import { type NewestChunks, readNewest } from './newest-chunks.js';
import { findBound, isWithinBound, type SampleBound } from './sample-plan.js';
import { type Cover, countBytes, type Gap, lacksGroups, planShard, selectNewest } from './segment-plan.js';

/** Ranges that end earlier need nothing of what the process holds of the newest arrivals. */
const HELD_MS = 3 * HOUR_MS;

export interface StoredChunksOptions {
  cache: SegmentCache;
  /** Stored bytes of the segments of one question. */
  maxBytes: number;
}

export const storedChunks =
  (rollupContext: RollupContext, { cache, maxBytes }: StoredChunksOptions): ChunkSource =>
  async (site, asked, groups, { maySample = false, traffic, held: readHeld } = {}) => {
    const context = { ...rollupContext, traffic: traffic ?? defaultTraffic(rollupContext.countBots) };
    const now = context.rollups.now();
    const range = { from: asked.from, to: Math.min(asked.to, now + CLOCK_MARGIN_MS) };
    const plan = await planRange(context, site, range, now);
    const countWantedBytes = (cover: Cover) => {
      const isWanted = isWantedBy(groups(cover));
      return lacksGroups(cover, isWanted, now) ? undefined : countBytes(cover, isWanted);
    };
    // What lacks groups altogether is no more known to a sample.
    const all = selectNewest(plan.covers, countWantedBytes, Number.MAX_SAFE_INTEGER);
    const newest = selectNewest(plan.covers, countWantedBytes, maxBytes);
    // Of a sample, it must be known whose events they are.
    const sampledGroups = (span: ArrivalSpan): Iterable<Group> => [...groups(span), 'context'];
    const sample =
      maySample && newest.covers.length < all.covers.length
        ? sampleCovers(all.covers, sampledGroups, Math.min(maxBytes, MAX_SAMPLE_READ_BYTES))
        : undefined;
    const { covers, knownFrom } = sample ? all : newest;
    const isWanted = (ref: SegmentRef) => sample === undefined || isWithinBound(ref, sample.bound);
    const read = await readCovers(
      { context, site, cache, groups: sample ? sampledGroups : groups, now, isWanted },
      covers,
    );
    // What is held is of the traffic that rollups have.
    const held = traffic === undefined && range.to > now - HELD_MS ? await readHeld?.() : undefined;
    const gaps = [...plan.gaps, ...read.gaps];
    const log = await readGaps(context, site, gaps, { range, now, knownFrom, held });
    return {
      async *chunks() {
        for (const chunks of [read.chunks(), log.chunks])
          for (const chunk of chunks) if (chunk.events > 0 && chunk.to > log.knownFrom) yield chunk;
      },
      asOf: Math.min(now, log.asOf),
      ...(sample ? { sample } : {}),
      notes: toNotes(log, range, maxBytes),
      ...(log.knownFrom > asked.from ? { knownFrom: log.knownFrom } : {}),
    };
  };

function sampleCovers(
  covers: readonly Cover[],
  groups: (span: ArrivalSpan) => Iterable<Group>,
  maxBytes: number,
): SampleBound | undefined {
  const segments = covers.flatMap((cover) => {
    const isWanted = isWantedBy(groups(cover));
    return cover.segments.map((ref) => ({ ref, bytes: countBytes({ ...cover, segments: [ref] }, isWanted) }));
  });
  return findBound(segments, maxBytes);
}

const isWantedBy = (groups: Iterable<Group>): ((group: string) => boolean) => {
  const wanted = new Set<string>(['all', ...withNeeds(groups)]);
  return (group) => wanted.has(group);
};

async function planRange(
  { rollups, traffic, countBots }: ChunksContext,
  site: ResolvedSite,
  { from, to }: ArrivalSpan,
  nowMs: number,
): Promise<{ covers: Cover[]; gaps: Gap[] }> {
  const plans = await Promise.all(
    listShards(site).map(async (shard) => {
      const range = { site: site.id, shard, kind: 'day', from: from - 2 * DAY_MS, to } as const;
      const { states } = await rollups.rollups(range);
      const whose = { traffic, defaultTraffic: defaultTraffic(countBots) };
      return planShard(states, { shard, from, to, nowMs, ...whose });
    }),
  );
  return { covers: plans.flatMap(({ covers }) => covers), gaps: plans.flatMap(({ gaps }) => gaps) };
}

const listShards = ({ shards }: ResolvedSite): number[] =>
  Array.from({ length: maxShards(shards) }, (_, shard) => shard);

interface GapRange {
  range: ArrivalSpan;
  now: number;
  /** What is before is left out. */
  knownFrom: number;
  /** By shard: the newest arrivals. */
  held: readonly HeldArrivals[] | undefined;
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
  context: ChunksContext,
  site: ResolvedSite,
  gaps: readonly Gap[],
  { range, now, knownFrom, held }: GapRange,
): Promise<FromLog> {
  const retainedFrom = now - site.retentionDays * DAY_MS;
  const budget = { left: MAX_READ_BYTES };
  const read: (NewestChunks & { gap: Gap })[] = [];
  let heldTo = range.to;
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
    const isNewest = gap.to === range.to;
    const known = { ...gap, from };
    const newest = isNewest ? held?.[gap.shard] : undefined;
    const isParted = gap.from > range.from;
    const found = await readNewest(context, site.id, known, { budget, newest, isParted });
    if (found.to < gap.to && !isNewest) log.knownFrom = gap.to;
    else {
      read.push({ ...found, gap: known });
      if (isNewest) log.asOf = Math.min(log.asOf, found.to);
    }
    if (newest) heldTo = Math.min(heldTo, newest.asOf);
  }
  for (const { chunk, held, gap } of read) {
    // Of another shard, less of the same time was read.
    const isLater = (chunk?.to ?? 0) > log.asOf;
    const cut =
      isLater && (await readGap(context, site.id, { ...gap, to: log.asOf }, { left: MAX_READ_BYTES }));
    log.chunks.push(...(cut ? [cut.chunk] : chunk ? [chunk] : []), ...held);
  }
  return { ...log, asOf: Math.min(log.asOf, heldTo) };
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

function toNotes({ knownFrom, isExpired }: FromLog, range: ArrivalSpan, maxBytes: number): Note[] {
  if (knownFrom <= range.from) return [];
  if (isExpired) return [expiredNote(knownFrom)];
  const at = new Date(knownFrom).toISOString();
  const limit = maxBytes >> 20;
  const message = `truncated: at most ${limit} MB of stored events are read (events since ${at})`;
  return [createNote('raw_events_cut', message, { at, limit })];
}
