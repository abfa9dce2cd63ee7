/** What of an answer was over a budget, in words. Pure. */
import type { OverBudget, OverReason } from '../rollup/rollup.js';
import type { Stretch } from './stretch.js';

const NOTES: Record<OverReason, (times: number) => string> = {
  '(other)': (times) =>
    `visitors sent more different values than the numbers can hold: ${times} rows are counted as (other)`,
  truncated: (times) => `names longer than 512 characters were truncated, ${times} times`,
  'dropped.currency': (times) =>
    `dropped.currency: ${times} amounts in unknown currencies are not in the revenue, because there were too many of them`,
  'dropped.undecodable': (times) =>
    `dropped.undecodable: ${times} stored batches could not be read and are not counted: run liveinsight doctor`,
};

export function overNotes(stretches: Stretch[]): string[] {
  const sum: OverBudget = new Map();
  for (const { rollup } of stretches) {
    for (const [reason, times] of rollup.over) sum.set(reason, (sum.get(reason) ?? 0) + times);
  }
  return [...sum].flatMap(([reason, times]) => NOTES[reason]?.(times) ?? []);
}
