/** Where chunks of a site come from: the log, or what is stored of it by column. */
import type { Traffic } from '@liveinsight/schema';
import type { Note } from '../notes.js';
import type { ResolvedSite } from '../sites/site-registry.js';
import type { Chunk, Group } from './chunk.js';

/** Arrivals in ms; `to` exclusive. */
export interface ArrivalSpan {
  from: number;
  to: number;
}

/** The chunks of a range. Each event is in one of them; an event that arrived outside the range can be in one too. */
export interface ChunkSet {
  /** All chunks, in any order. May be called several times: a question about sessions goes through them twice. */
  chunks(): AsyncIterable<Chunk>;
  /** Arrivals up to this time (ms) are in. */
  asOf: number;
  /**
   * Arrival (ms) from which on everything is in, where that is later than asked. Earlier arrivals are cut off by those who
   * ask: a chunk that has some must have its arrivals, whether they were asked for or not.
   */
  knownFrom?: number;
  /**
   * Present where only visitors whose sampling key (`listSampleKeys`) is below the bound are to be counted: those who ask
   * leave the others out, multiply, and say so. Only where they may be given a sample.
   */
  sample?: { bound: number };
  /** What was cut, or is approximate. */
  notes: Note[];
}

/** The newest arrivals of one shard, where the process holds them. */
export interface HeldArrivals {
  /** Arrivals up to this time (ms) are in. */
  asOf: number;
  /** Undefined where only their numbers are held. */
  rows?: {
    /** Arrival (ms) from which on everything is in; what is in none of the chunks is earlier. */
    from: number;
    chunks(): Chunk[];
    /** Takes in what arrived just before, as the log has it. */
    prepend(chunk: Chunk): void;
    /** Drops what arrived before a time (ms). */
    dropBefore(time: number): void;
  };
}

/** By shard; undefined where nothing is held. */
export type ReadHeld = () => Promise<readonly HeldArrivals[] | undefined>;

export interface ChunkSourceOptions {
  /** Whether the numbers may be of a sample of visitors, where there is too much to read. Default: they are of the newest days. */
  maySample?: boolean;
  /** Whose events are wanted, where that is not what rollups count. */
  traffic?: Traffic | undefined;
  /** What the process holds of the newest arrivals. Default: the log is read. */
  held?: ReadHeld | undefined;
}

/**
 * @param groups what is read of a chunk of that span; of groups that are needed to decode them it reads these too. Times of
 * single events are wanted only where the bounds of a question part a chunk.
 */
export type ChunkSource = (
  site: ResolvedSite,
  range: ArrivalSpan,
  groups: (span: ArrivalSpan) => Iterable<Group>,
  options?: ChunkSourceOptions,
) => Promise<ChunkSet>;
