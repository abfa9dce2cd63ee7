/** How far a shard's log is read, at four ages of what arrives in it. Pure. */
import { CLOCK_MARGIN_MS } from '../event-log/retention-window.js';
import { SETTLE_MS } from '../rollup/settle-time.js';

/**
 * The index may show an arrival late. The first cursor reads at once; each of the others reads everything again when it is
 * this old, so that each costs one reading of the log, however often somebody asks.
 */
export const CURSOR_AGES_MS: readonly number[] = [0, 2_000, 15_000, SETTLE_MS];

/** Arrivals (ms) up to which the log is read at each age: no later one is ahead of an earlier one. */
export type Cursors = number[];

export const startCursors = (at: number): Cursors => CURSOR_AGES_MS.map(() => at);

/** A part of the log that one read covers. */
export interface CursorRange {
  from: number;
  to: number;
  /** Which cursors move over it. */
  cursors: number[];
}

/**
 * What is to be read by a read that begins at `readAt`. A read goes on from a cursor, never from a margin before now: after a
 * pause nothing is left out. Ranges that meet are one.
 */
export function rangesToRead(cursors: Cursors, readAt: number): CursorRange[] {
  const ranges: CursorRange[] = [];
  cursors.forEach((from, index) => {
    const to = index === 0 ? readAt + CLOCK_MARGIN_MS : readAt - getAge(index);
    if (to <= from) return;
    const newer = ranges.at(-1);
    if (newer && to >= newer.from) {
      newer.from = from;
      newer.cursors.push(index);
    } else ranges.push({ from, to, cursors: [index] });
  });
  return ranges;
}

/** Moves the cursors of a range that is read up to `to`; none ever goes back, though the clock may. */
export function moveCursors(cursors: Cursors, range: CursorRange, to: number, readAt: number): void {
  for (const index of range.cursors) {
    cursors[index] = Math.max(cursors[index] ?? 0, Math.min(to, readAt - getAge(index)));
  }
}

/** What is stored before `through` need not be read any more. */
export function liftCursors(cursors: Cursors, through: number): void {
  cursors.forEach((cursor, index) => {
    cursors[index] = Math.max(cursor, through);
  });
}

/** The first cursor: what arrived before it was read once. */
export const headCursor = (cursors: Cursors): number => cursors[0] ?? 0;

/** The last cursor: what arrived before it is never read again. */
export const lastCursor = (cursors: Cursors): number => cursors.at(-1) ?? 0;

/** Up to which arrival all is in that the index shows within its time. */
export const knownUntil = (cursors: Cursors): number =>
  Math.min(...cursors.map((cursor, index) => cursor + getAge(index)));

const getAge = (index: number): number => CURSOR_AGES_MS[index] ?? 0;
