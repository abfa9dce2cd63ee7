/** Chunks of closed days, by the segments that their states name: read as they are stored, and decoded one after the other. */
import { type Chunk, type Group, withNeeds } from '../columns/chunk.js';
import type { SegmentChunk } from '../columns/codec/open-segment.js';
import { withoutEvents } from '../columns/derive-chunk.js';
import { readState, reportMissing } from '../rollup/day-columns.js';
import { MissingPartError, readSegment } from '../segments/read-segment.js';
import type { SegmentCache } from '../segments/segment-cache.js';
import type { ResolvedSite } from '../sites/site-registry.js';
import type { ChunksContext } from './gap-chunks.js';
import { type Cover, type Gap, selectTraffic } from './segment-plan.js';

/** Segments read at once; each has its parts read several at a time. */
const AT_ONCE = 4;
/** How often a day is read again, consistently, whose parts were not there. */
const MAX_REREADS = 2;

export interface CoverReading {
  context: ChunksContext;
  site: ResolvedSite;
  cache: SegmentCache;
  /** What is wanted of a chunk of that span. */
  groups: (span: Pick<Cover, 'from' | 'to'>) => Iterable<Group>;
  now: number;
  /** Segments that are wanted. */
  isWanted: (ref: Cover['segments'][number]) => boolean;
}

export interface CoverChunks {
  /** In any order. May be called several times. */
  chunks(): Generator<Chunk>;
  /** Covers whose parts are missing, or cannot be read. */
  gaps: Gap[];
}

interface Opened {
  /** In the cache. */
  name: string;
  chunk: SegmentChunk;
  /** Arrivals before this time (ms) are in another cover. */
  from: number;
}

export async function readCovers(reading: CoverReading, covers: readonly Cover[]): Promise<CoverChunks> {
  const opened: Opened[] = [];
  const gaps: Gap[] = [];
  const left = [...covers];
  const worker = async () => {
    for (let cover = left.shift(); cover !== undefined; cover = left.shift()) {
      const { from, to, state } = cover;
      const found = await readDay(reading, cover);
      if (found) opened.push(...found);
      else gaps.push({ shard: state.shard, from, to, day: state.start });
    }
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, covers.length) }, worker));
  return { gaps, chunks: () => decodeInTurn(reading, opened) };
}

/** What is decoded of a chunk stays for further questions as far as the cache has room for all of this one, else it goes with its turn. */
function* decodeInTurn({ cache, site }: CoverReading, opened: readonly Opened[]): Generator<Chunk> {
  let left = cache.maxBytes - opened.reduce((sum, { chunk }) => sum + chunk.storedBytes, 0);
  for (const { name, chunk, from } of opened) {
    yield from > chunk.from ? withoutEvents(chunk, () => from) : chunk;
    if (chunk.decodedBytes > left) chunk.release();
    left -= chunk.decodedBytes;
    cache.set(site.id, name, chunk);
  }
}

/** The unit of reading is the day: what its state names, all of it or nothing. */
async function readDay(reading: CoverReading, cover: Cover): Promise<Opened[] | undefined> {
  const { context, site, now } = reading;
  let { segments } = cover;
  for (let reread = 0; ; reread += 1) {
    try {
      const found: Opened[] = [];
      for (const ref of segments.filter(reading.isWanted))
        found.push(await readRef(reading, cover, ref, reread > 0));
      return found;
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
      segments = selectTraffic(columns, context);
    }
  }
}

async function readRef(
  { context, site, cache, groups, now }: CoverReading,
  { state, from, to }: Cover,
  ref: Cover['segments'][number],
  consistent: boolean,
): Promise<Opened> {
  // To cut rows off, all of their columns are needed.
  const wanted = from > state.start ? undefined : withNeeds(groups({ from, to }));
  const name = `${state.shard} ${state.kind} ${state.start} ${ref.id}`;
  const known = cache.get(site.id, name);
  const options = { nowMs: now, consistent, known, ...(wanted ? { groups: wanted } : {}) };
  const { chunk } = await readSegment(context.rollups, state, ref, options);
  cache.set(site.id, name, chunk);
  return { name, chunk, from };
}
