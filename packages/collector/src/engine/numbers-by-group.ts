/** The numbers of a sample once more, by random group of visitors: how far these differ tells the error of the whole. Pure. */
import { MAX_ROW_DISTINCT_BYTES, MAX_ROW_FACTS, MAX_SESSION_SUM_BYTES } from '../budgets.js';
import type { Chunk } from '../columns/chunk.js';
import { Numbers } from './numbers.js';
import type { NumbersPlan } from './numbers-plan.js';
import { SAMPLE_GROUPS, splitSample } from './sample.js';
import { scanChunk } from './scan-chunk.js';
import type { Selection } from './selection.js';
import { weighNumbers } from './weigh-numbers.js';

/** All groups share a budget; of rows, a part of it is enough for those that matter. */
const OF_GROUP = {
  rows: MAX_ROW_FACTS / 4,
  distinctBytes: MAX_ROW_DISTINCT_BYTES / SAMPLE_GROUPS,
  sessionSumBytes: MAX_SESSION_SUM_BYTES / SAMPLE_GROUPS,
};

export class NumbersByGroup {
  readonly groups: readonly Numbers[];

  /** @param plan of the whole, of which each group has one bucket */
  constructor(plan: NumbersPlan) {
    // Visitors say how large the sample is.
    const one = {
      ...plan,
      bounds: [plan.from, plan.to],
      rowsOfEach: false,
      fiveMinuteTotals: false,
      visitors: true,
    };
    this.groups = Array.from({ length: SAMPLE_GROUPS }, () => new Numbers(one, OF_GROUP));
  }

  /** To be called with each chunk before it is added, where a goal is measured. */
  addGoal(chunk: Chunk, selection: Selection): void {
    for (const [group, part] of splitSample(chunk, selection).entries())
      this.groups[group]?.goal?.add(chunk, part);
  }

  add(chunk: Chunk, selection: Selection): void {
    for (const [group, part] of splitSample(chunk, selection).entries()) {
      const numbers = this.groups[group];
      if (numbers) scanChunk(numbers, chunk, part);
    }
  }

  /** To be called once, at the end: each group becomes an estimate of all visitors. */
  finish(weight: number): readonly Numbers[] {
    for (const numbers of this.groups) weighNumbers(numbers, weight * SAMPLE_GROUPS);
    return this.groups;
  }
}
