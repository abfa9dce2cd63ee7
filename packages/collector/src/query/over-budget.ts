/** What of an answer was over a budget, in words. Pure. */
import type { NoteCode } from '@liveinsight/schema';
import type { ColumnsOverReason } from '../columns/text-budget.js';
import { createNote, type Note } from '../notes.js';

const NOTES: Record<ColumnsOverReason, readonly [NoteCode, (times: number) => string]> = {
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
  'dropped.property': [
    'properties_dropped',
    (times) => `visitors sent more properties than can be asked about: ${times} values are not counted`,
  ],
};

/** @param parts what was over, by reason, in each part of the answer */
export function overBudgetNotes(parts: readonly ReadonlyMap<string, number>[]): Note[] {
  const sum = new Map<string, number>();
  for (const part of parts)
    for (const [reason, times] of part) sum.set(reason, (sum.get(reason) ?? 0) + times);
  return [...sum].flatMap(([reason, times]) => {
    const found = isKnown(reason) ? NOTES[reason] : undefined;
    return found ? createNote(found[0], found[1](times), { count: times }) : [];
  });
}

const isKnown = (reason: string): reason is ColumnsOverReason => Object.hasOwn(NOTES, reason);
