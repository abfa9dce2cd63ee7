/** Which parts of the log a read covers, with the rules that can be switched off. */
import { SETTLE } from './log-model.js';
import type { Rule } from './rules.js';

export const AGES = [0, 2, 15, SETTLE];
const AHEAD = 60;

/** Each age has a cursor, by its index. */
export interface CursorRange {
  cursors: number[];
  from: number;
  to: number;
}

interface Read {
  cursors: number[];
  begin: number;
  buckets: ReadonlyMap<number, unknown>;
}

export function rangesToRead(
  { cursors, begin, buckets }: Read,
  readAt: number,
  on: (rule: Rule) => boolean,
): CursorRange[] {
  const [all, to] = [[0, 1, 2, 3], readAt + AHEAD];
  const [head = 0, last = 0] = [cursors[0], cursors[3]];
  if (!on('trail')) return [{ cursors: all, from: Math.max(begin, last, head - 2), to }];
  if (!on('resume'))
    return [{ cursors: all, from: buckets.size ? Math.max(begin, readAt - SETTLE) : begin, to }];
  if (!on('mono')) return [{ cursors: all, from: Math.max(begin, Math.min(last, readAt - SETTLE)), to }];
  const ranges: CursorRange[] = [];
  cursors.forEach((from, index) => {
    const end = index === 0 ? to : readAt - (AGES[index] ?? 0);
    if (end <= from) return;
    const newer = ranges.at(-1);
    if (newer && end >= newer.from) {
      newer.from = from;
      newer.cursors.push(index);
    } else ranges.push({ cursors: [index], from, to: end });
  });
  return ranges;
}
