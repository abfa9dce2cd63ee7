/** The port behind which segments are stored: events by column, in parts, next to the hours and days that name them. */
import type { RollupKey } from './rollup-key.js';

/** How one group of a segment's columns is stored. */
export interface SegmentGroup {
  /** Parts, numbered from 0. */
  parts: number;
  /** Of all of them. */
  bytes: number;
  /** When its parts may be deleted, in s since 1970, where that is before the segment's `expires_at`. */
  expires_at?: number;
}

/** What a state names of a segment. */
export interface SegmentRef {
  /** New at every attempt to write it and never used again: the version of its state, `#`, and random characters. */
  id: string;
  groups: Record<string, SegmentGroup>;
  /** The visitors whose events it has, where it does not have those of all: of `of` equal parts by hash, the one at `index`. */
  slice?: { index: number; of: number };
  /** Present and true where it has the events of bots; others have people's. */
  bots?: true;
}

/** The events of an hour or day by column, as its state names them: what no state names does not exist. */
export interface StoredColumns {
  /** Arrival (ms) up to which the segments hold the events; never later than the state's own. */
  through: number;
  /** Events in them: fewer than the state counts where persons were erased, or events came twice. */
  events: number;
  /** When the parts may be deleted, in s since 1970: from then on nothing is read. */
  expires_at: number;
  /** When erasures were last applied to them, in ms. */
  scrubbed?: number;
  /** Present and true where bots have segments of their own. Absent: stored before that, of what the collector counted. */
  apart?: true;
  /** In order of arrival. */
  segments: SegmentRef[];
}

/** What names one part. */
export interface SegmentPartKey {
  segment: string;
  group: string;
  index: number;
}

export interface SegmentPart extends SegmentPartKey {
  bytes: Uint8Array;
  /** When it may be deleted, in s since 1970. */
  expires_at: number;
}

export interface SegmentPartsPage {
  /** In the order of the keys; undefined where there is none of that name. */
  parts: (Uint8Array | undefined)[];
  readUnits: number;
}

export interface SegmentStore {
  /**
   * Replaces what the stored state says of columns, and nothing else: body and edges stay as they are. Only if it still has
   * `version`, which goes up by 1; says whether it did. Without `columns`, it names none from then on.
   */
  putColumns(key: RollupKey, version: number, columns: StoredColumns | undefined): Promise<boolean>;
  /** To be called before the state that names it is put. */
  putSegmentPart(key: RollupKey, part: SegmentPart): Promise<void>;
  /** Parts of one state by name, several at a time. */
  segmentParts(
    key: RollupKey,
    parts: readonly SegmentPartKey[],
    options?: { consistent?: boolean },
  ): Promise<SegmentPartsPage>;
  /** All parts that are stored of a state, of segments written for a version up to that one. Strongly consistent. */
  listSegmentParts(key: RollupKey, maxVersion: number): Promise<SegmentPartKey[]>;
  /** One that is not there is no error. */
  deleteSegmentParts(key: RollupKey, parts: readonly SegmentPartKey[]): Promise<void>;
}
