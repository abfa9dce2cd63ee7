/** What arrived since the newest stored hour, by the minute; and what that hour has taken over, by 5 minutes. */

import { MAX_TAIL_BUCKETS, MAX_TAIL_ROW_BYTES, TAIL_BUCKET_BYTES } from '../budgets.js';
import {
  type AggregateOptions,
  addBatch,
  boundRollup,
  countOver,
  emptyRollup,
  FIVE_MINUTES_MS,
  mergeRollup,
  type Rollup,
} from '../rollup/aggregate.js';
import { countRowBytes } from '../rollup/row-set.js';
import { floorToMinute } from '../rollup/settle-time.js';
import type { ArrivedItem, StoredBatch } from '../storage/event-store.js';
import { HOUR_MS, MINUTE_MS } from '../time/ms.js';

/** A watermark is expected within what is younger than this; what is older is kept by 5 minutes. */
const BY_MINUTE_MS = 15 * MINUTE_MS;
/** What the stored hour has taken over still answers queries by 5 minutes, for so long. */
const RETAINED_MS = 3 * HOUR_MS;
/** A bucket may have so much although others have used up all. */
const MIN_BUCKET_ROW_BYTES = 16_384;

export interface TailBucket {
  readonly start: number;
  readonly end: number;
  readonly rollup: Rollup;
  /** Batches in it. */
  batches: number;
}

/**
 * Buckets only grow by arrivals, or go entirely: numbers cannot be taken out of an aggregate. Where buckets become one, that one
 * is new, so that whoever holds the others still holds what they were.
 */
export class TailBuckets {
  /** By start; each begins at or after the watermark. */
  #open = new Map<number, TailBucket>();
  /** By start; each ends at or before the watermark. */
  #retained = new Map<number, TailBucket>();
  #rowBytes = 0;

  /**
   * @param begin the watermark: what arrived before it is in a stored hour
   * @param maxRowBytes of all buckets
   */
  constructor(
    public begin: number,
    readonly options: AggregateOptions,
    readonly maxRowBytes = MAX_TAIL_ROW_BYTES,
  ) {
    this.retainedFrom = begin;
  }

  /** From which arrival (ms) on buckets hold everything. */
  retainedFrom: number;

  get bytes(): number {
    return this.#rowBytes + (this.#open.size + this.#retained.size) * TAIL_BUCKET_BYTES;
  }

  get open(): TailBucket[] {
    return [...this.#open.values()];
  }

  get retained(): TailBucket[] {
    return [...this.#retained.values()];
  }

  /** Whether it could be added without a bucket more than there may be. */
  hasRoomFor({ received_at }: ArrivedItem, now: number): boolean {
    return this.#open.size < MAX_TAIL_BUCKETS || this.#open.has(this.#startOf(received_at, now));
  }

  add(batch: StoredBatch, now: number): void {
    const bucket = this.#bucketOf(batch.received_at, now);
    this.#change(bucket, () => addBatch(bucket.rollup, batch, this.options));
    bucket.batches += 1;
  }

  addUndecodable({ received_at }: ArrivedItem, now: number): void {
    countOver(this.#bucketOf(received_at, now).rollup, 'dropped.undecodable', 1);
  }

  /** Whether a watermark is within a bucket, which cannot be parted. */
  isParted(through: number): boolean {
    for (const { start, end } of this.#open.values()) if (start < through && through < end) return true;
    return false;
  }

  /**
   * A stored hour has taken over what arrived before `through`, which parts no bucket.
   *
   * @param isComplete whether the buckets hold all of it: else they cannot answer for the hour
   */
  moveTo(through: number, isComplete: boolean): void {
    this.begin = through;
    const passed = this.open.filter(({ end }) => end <= through);
    for (const { start } of passed) this.#open.delete(start);
    this.#joinInto(this.#retained, passed);
    this.#dropRetained(isComplete ? through - RETAINED_MS : Number.POSITIVE_INFINITY);
    if (!isComplete) this.retainedFrom = through;
  }

  /** Joins what no watermark is expected in any more. */
  compact(now: number): void {
    const old = this.open.filter(
      ({ start, end }) => isOld(start, now) && end - start < FIVE_MINUTES_MS && start > this.begin,
    );
    for (const { start } of old) this.#open.delete(start);
    this.#joinInto(this.#open, old, this.begin);
  }

  #startOf(time: number, now: number): number {
    const minute = Math.max(this.begin, floorToMinute(time));
    if (this.#open.has(minute) || !isOld(time, now)) return minute;
    return Math.max(this.begin, floorToFiveMinutes(time));
  }

  #bucketOf(time: number, now: number): TailBucket {
    const start = this.#startOf(time, now);
    let bucket = this.#open.get(start);
    if (!bucket) {
      const end = isOld(time, now)
        ? floorToFiveMinutes(time) + FIVE_MINUTES_MS
        : floorToMinute(time) + MINUTE_MS;
      bucket = { start, end, rollup: emptyRollup(), batches: 0 };
      this.#open.set(start, bucket);
    }
    return bucket;
  }

  /** @param first time that a bucket may begin at */
  #joinInto(buckets: Map<number, TailBucket>, parts: TailBucket[], first = 0): void {
    const byStart = new Map<number, TailBucket[]>();
    for (const part of parts) {
      const start = Math.max(first, floorToFiveMinutes(part.start));
      byStart.set(start, [...(byStart.get(start) ?? []), part]);
    }
    for (const [start, joined] of byStart) {
      const before = buckets.get(start);
      const all = before ? [before, ...joined] : joined;
      const rollup = emptyRollup();
      for (const part of all) {
        mergeRollup(rollup, part.rollup);
        this.#rowBytes -= countRowBytes(part.rollup.rows);
      }
      this.#rowBytes += countRowBytes(rollup.rows);
      const batches = all.reduce((sum, part) => sum + part.batches, 0);
      buckets.set(start, { start, end: floorToFiveMinutes(start) + FIVE_MINUTES_MS, rollup, batches });
    }
  }

  #dropRetained(before: number): void {
    for (const { start, end, rollup } of this.retained.sort((a, b) => a.start - b.start)) {
      if (end > before && this.#rowBytes <= this.maxRowBytes / 2) break;
      this.#retained.delete(start);
      this.#rowBytes -= countRowBytes(rollup.rows);
      this.retainedFrom = Math.min(this.begin, Math.max(this.retainedFrom, end));
    }
  }

  /** Keeps all within their budget: what is retained goes first, then new values of this bucket become `(other)`. */
  #change({ rollup }: TailBucket, change: () => void): void {
    const before = countRowBytes(rollup.rows);
    change();
    this.#rowBytes += countRowBytes(rollup.rows) - before;
    if (this.#rowBytes <= this.maxRowBytes) return;
    this.#dropRetained(this.begin - RETAINED_MS);
    const own = countRowBytes(rollup.rows);
    boundRollup(rollup, Math.max(MIN_BUCKET_ROW_BYTES, this.maxRowBytes - (this.#rowBytes - own)));
    this.#rowBytes += countRowBytes(rollup.rows) - own;
  }
}

/** Whether the 5 minutes of a time are so old that no watermark is expected within them. */
const isOld = (time: number, now: number): boolean =>
  floorToFiveMinutes(time) + FIVE_MINUTES_MS <= now - BY_MINUTE_MS;

const floorToFiveMinutes = (ms: number): number => Math.floor(ms / FIVE_MINUTES_MS) * FIVE_MINUTES_MS;
