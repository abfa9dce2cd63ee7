/** Numbers that rollups do not have: of what passes filters, and by what they do not break down by. */

import type { Traffic } from '@liveinsight/schema';
import type { ChunkSet } from '../columns/chunk-source.js';
import type { FieldContext } from '../engine/column.js';
import type { Condition, ConditionLevel } from '../engine/condition.js';
import type { MeasuredGoal } from '../engine/goal-numbers.js';
import { Numbers } from '../engine/numbers.js';
import { NumbersByGroup } from '../engine/numbers-by-group.js';
import { type Axis, getNumbersGroups, type NumbersPlan } from '../engine/numbers-plan.js';
import { scanChunk } from '../engine/scan-chunk.js';
import { weighNumbers } from '../engine/weigh-numbers.js';
import type { Dimension } from '../events/dimensions.js';
import type { RowFilter } from '../rollup/row-set.js';
import type { ResolvedSite } from '../sites/site-registry.js';
import { createTimeSlice } from '../time-slice.js';
import type { NumbersContext } from './query-context.js';
import { readChunks } from './read-chunks.js';
import { getShare } from './sample-plan.js';
import { type SampledNumbers, toSampled, toSampleNotes } from './sampled-fields.js';
import { createSelect } from './select-chunks.js';

export interface FilteredQuery extends FieldContext {
  conditions: readonly Condition[];
  level: ConditionLevel;
  dimensions: readonly Dimension[];
  axes: readonly Axis[];
  fiveMinuteTotals: boolean;
  /** Whether visitors and revenue of rows are wanted without filters too: only events by column have them. */
  rowFacts?: boolean;
  /** Whether rows of pages are to say what their sessions did. */
  rowSessions?: boolean | undefined;
  /** Whether rows are wanted of each bucket, or of the whole. */
  rowsOfEach: boolean;
  /** Whether totals are wanted beside visitors and rows. Default: yes. */
  totals?: boolean;
  /** Whose numbers, where rollups do not have them. */
  traffic?: Traffic | undefined;
  /** The goal that conversions are of. */
  goal?: MeasuredGoal | undefined;
  /** The rows that are wanted. Default: all. */
  rowFilter?: RowFilter | undefined;
}

export interface FilteredNumbers extends Omit<ChunkSet, 'chunks' | 'sample'> {
  numbers: Numbers;
  /** Present where they are estimates. */
  sampled?: SampledNumbers;
}

/** @param bounds of the buckets in order, in ms: one more than there are buckets */
export async function readFiltered(
  context: NumbersContext,
  site: ResolvedSite,
  query: FilteredQuery,
  bounds: number[],
): Promise<FilteredNumbers> {
  const now = context.rollups.now();
  const plan: NumbersPlan = { ...query, bounds, from: bounds[0] ?? now, to: bounds.at(-1) ?? now };
  const { set, known } = await readChunks(context, site, plan, getNumbersGroups, { maySample: true });
  const { chunks: _, sample, ...state } = set;
  const numbers = new Numbers(known);
  const byGroup = sample && new NumbersByGroup(known);
  const select = await createSelect(set, known);
  const slice = createTimeSlice();
  if (numbers.goal)
    for await (const chunk of set.chunks()) {
      const selection = select(chunk);
      numbers.goal.add(chunk, selection);
      byGroup?.addGoal(chunk, selection);
      await slice();
    }
  for await (const chunk of set.chunks()) {
    const selection = select(chunk);
    scanChunk(numbers, chunk, selection);
    byGroup?.add(chunk, selection);
    await slice();
  }
  if (!sample || !byGroup) return { ...state, numbers };
  const share = getShare(sample);
  weighNumbers(numbers, 1 / share);
  const sampled = toSampled(share, byGroup.finish(1 / share));
  return { ...state, numbers, sampled, notes: [...state.notes, ...toSampleNotes(sampled)] };
}
