/** How much a number changed against the compared period, in few signs. Pure. */
import type { Format } from '../../format/format.js';

/** Above it a percentage says less than how many times it is. */
const MAX_PERCENT = 9.99;
const SAME = 0.005;

export interface ChangeText {
  text: string;
  tone: 'good' | 'bad' | 'neither';
}

/** @param change relative: 0.1 is a tenth more */
export function describeChange(
  change: number,
  better: 'more' | 'less' | undefined,
  format: Pick<Format, 'change' | 'number'>,
): ChangeText {
  if (Math.abs(change) < SAME) return { text: '±0', tone: 'neither' };
  const arrow = change > 0 ? '↑' : '↓';
  const text =
    change > MAX_PERCENT ? `×${format.number(change + 1)}` : format.change(Math.abs(change)).replace('+', '');
  if (!better) return { text: `${arrow} ${text}`, tone: 'neither' };
  return { text: `${arrow} ${text}`, tone: change > 0 === (better === 'more') ? 'good' : 'bad' };
}

/** Undefined where one of the two is not known, or there was nothing before. */
export const relative = (
  now: number | null | undefined,
  before: number | null | undefined,
): number | undefined => (now == null || before == null || before === 0 ? undefined : now / before - 1);
