/** What reports say of numbers that are estimates, and of values that have no row. Pure. */
import { createNote, type Note } from '../notes.js';

/** @param share one of so many visitors was looked at */
export function toShareNotes(share: number): Note[] {
  if (share === 1) return [];
  const message = `numbers are estimates from one of ${share} visitors, multiplied by ${share}`;
  return [createNote('rows_estimated', message, { count: share })];
}

/** @param numbers of rows that are counted from one of `share` */
export function toRowShareNotes(numbers: string, share: number): Note[] {
  if (share === 1) return [];
  const message = `${numbers} are estimates from one of ${share} of them`;
  return [createNote('rows_estimated', message, { count: share })];
}

/**
 * @param over how many times a value was counted as `(other)`
 * @param weight visitors that each one who was looked at stands for
 */
export function toOtherNotes(over: number, weight: number): Note[] {
  if (over === 0) return [];
  const count = Math.round(weight * over);
  const message = `there are more different values than one report can hold: later ones are counted as (other), ${count} times`;
  return [createNote('values_as_other', message, { count })];
}
