/** What of an answer was over a budget, in words. Pure. */
import type { NoteCode } from '@liveinsight/schema';
import type { OverBudget, OverReason } from '../events/over-budget.js';
import { createNote, type Note } from '../notes.js';
import type { TimeBucket } from './time-buckets.js';

const NOTES: Record<OverReason, readonly [NoteCode, (times: number) => string]> = {
  '(other)': [
    'values_as_other',
    (times) =>
      `visitors sent more different values than the numbers can hold: ${times} rows are counted as (other)`,
  ],
  truncated: [
    'names_truncated',
    (times) => `names longer than 512 characters were truncated, ${times} times`,
  ],
  'dropped.currency': [
    'currencies_dropped',
    (times) =>
      `dropped.currency: ${times} amounts in unknown currencies are not in the revenue, because there were too many of them`,
  ],
  'dropped.undecodable': [
    'batches_undecodable',
    (times) =>
      `dropped.undecodable: ${times} stored batches could not be read and are not counted: run liveinsight doctor`,
  ],
};

export function overBudgetNotes(buckets: TimeBucket[]): Note[] {
  const sum: OverBudget = new Map();
  for (const { rollup } of buckets) {
    for (const [reason, times] of rollup.over) sum.set(reason, (sum.get(reason) ?? 0) + times);
  }
  return [...sum].flatMap(([reason, times]) => {
    const found = NOTES[reason];
    return found ? createNote(found[0], found[1](times), { count: times }) : [];
  });
}
