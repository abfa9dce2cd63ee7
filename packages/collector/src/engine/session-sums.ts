/**
 * What each session did, over all chunks: rows of single events, as of a property, say by it what their sessions are like. A
 * session can be in several chunks, so it is added up by its hash. Above a budget in bytes, a part of all sessions is remembered,
 * the same part that rows remember of theirs. Pure.
 */
import type { ContextSums } from './context-sums.js';
import {
  CONVERTING_SESSIONS,
  type CounterList,
  DURATION_MS,
  ENGAGED_MS,
  PAGE_VIEWS,
  SECOND_VIEWS,
  SESSIONS,
} from './counter-list.js';
import { HashIndex } from './hash-index.js';

/** What is added up, by place in `COUNTERS`. */
const PLACES = [SESSIONS, SECOND_VIEWS, CONVERTING_SESSIONS, DURATION_MS, ENGAGED_MS, PAGE_VIEWS] as const;
const [BEGAN, SECOND, CONVERTING, DURATION, ENGAGED, VIEWS] = [0, 1, 2, 3, 4, 5] as const;
/** Besides these: whether it has a view without an ordinal. */
const UNNUMBERED = PLACES.length;
const WIDTH = PLACES.length + 1;
const FIRST_SESSIONS = 1_024;
/** Below it the table grows fourfold: it is soon full again. */
const FEW_SESSIONS = 30_000;
const SUM_BYTES = 8 * WIDTH;

/** Of sessions together. */
export interface SessionTotals {
  /** That began, with a first page view. */
  sessions: number;
  /** Of these, those whose views are numbered: whether others bounced is not known. */
  numbered: number;
  secondViews: number;
  convertingSessions: number;
  durationMs: number;
  engagedMs: number;
  pageViews: number;
}

export const noSessionTotals = (): SessionTotals => ({
  sessions: 0,
  numbered: 0,
  secondViews: 0,
  convertingSessions: 0,
  durationMs: 0,
  engagedMs: 0,
  pageViews: 0,
});

export class SessionSums {
  readonly #index = new HashIndex();
  #sums = new Float64Array(WIDTH * FIRST_SESSIONS);
  #zeros = 0;
  /** The bits that are zero of the hashes that are remembered. */
  #mask = 0;

  constructor(readonly maxBytes: number) {}

  /** One of so many sessions is remembered. */
  get share(): number {
    return 2 ** this.#zeros;
  }

  /** @param isUnnumbered whether a view among them has no ordinal */
  add(high: number, low: number, list: CounterList, isUnnumbered: boolean): void {
    const first = this.#findPlace(high, low);
    if (first < 0) return;
    const sums = this.#sums;
    for (let offset = 0; offset < PLACES.length; offset += 1)
      sums[first + offset] = (sums[first + offset] ?? 0) + (list[PLACES[offset] ?? 0] ?? 0);
    if (isUnnumbered) sums[first + UNNUMBERED] = 1;
    this.#fit();
  }

  /** What all events of a context add up to. */
  addContext(high: number, low: number, of: ContextSums, context: number, durationMs: number): void {
    const first = this.#findPlace(high, low);
    if (first < 0) return;
    const sums = this.#sums;
    sums[first + BEGAN] = (sums[first + BEGAN] ?? 0) + (of.firstViews[context] ?? 0);
    sums[first + SECOND] = (sums[first + SECOND] ?? 0) + (of.secondViews[context] ?? 0);
    sums[first + CONVERTING] = (sums[first + CONVERTING] ?? 0) + (of.firstConversions[context] ?? 0);
    sums[first + DURATION] = (sums[first + DURATION] ?? 0) + durationMs;
    sums[first + ENGAGED] = (sums[first + ENGAGED] ?? 0) + (of.engaged[context] ?? 0);
    sums[first + VIEWS] = (sums[first + VIEWS] ?? 0) + (of.pageViews[context] ?? 0);
    if ((of.unnumberedViews[context] ?? 0) > 0) sums[first + UNNUMBERED] = 1;
    this.#fit();
  }

  /** Adds what a session did; nothing where it is not remembered. */
  addTo(totals: SessionTotals, high: number, low: number, times: number): void {
    const number = this.#index.find(high, low);
    if (number < 0) return;
    const sums = this.#sums;
    const at = (offset: number) => sums[WIDTH * number + offset] ?? 0;
    const began = at(BEGAN);
    totals.sessions += began > 0 || at(UNNUMBERED) > 0 ? times : 0;
    totals.numbered += times * began;
    totals.secondViews += times * at(SECOND);
    totals.convertingSessions += times * at(CONVERTING);
    totals.durationMs += times * at(DURATION);
    totals.engagedMs += times * at(ENGAGED);
    totals.pageViews += times * at(VIEWS);
  }

  /** Where the sums of a session begin; -1 where it is not remembered. */
  #findPlace(high: number, low: number): number {
    if (!this.#isRemembered(high)) return -1;
    const known = this.#index.size;
    const number = this.#index.add(high, low);
    if (number === known) this.#makeRoom();
    return WIDTH * number;
  }

  #fit(): void {
    if (this.#index.bytes + this.#index.size * SUM_BYTES > this.maxBytes) this.#rememberLess();
  }

  #isRemembered(high: number): boolean {
    return (high & this.#mask) === 0;
  }

  #makeRoom(): void {
    if (WIDTH * this.#index.size <= this.#sums.length) return;
    const sums = this.#sums;
    this.#sums = new Float64Array((this.#index.size < FEW_SESSIONS ? 4 : 2) * sums.length);
    this.#sums.set(sums);
  }

  #rememberLess(): void {
    this.#zeros += 1;
    this.#mask = 2 ** this.#zeros - 1;
    const sums = this.#sums;
    const changed = this.#index.keep((high) => this.#isRemembered(high));
    this.#sums = new Float64Array(WIDTH * Math.max(FIRST_SESSIONS, 2 * this.#index.size));
    for (const [before, now] of changed.entries())
      if (now > 0) this.#sums.set(sums.subarray(WIDTH * before, WIDTH * (before + 1)), WIDTH * (now - 1));
  }
}
