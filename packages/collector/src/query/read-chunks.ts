/** The chunks that a question is answered from, and the part of its range that these know. */

import type { Group } from '../columns/chunk.js';
import type { ChunkSet } from '../columns/chunk-source.js';
import type { Restriction, Span } from '../engine/selection.js';
import type { RollupContext } from '../rollup/rollup-context.js';
import type { ResolvedSite } from '../sites/site-registry.js';
import { type LogBudget, logChunks } from './log-chunks.js';

/**
 * What arrived before everything is known is cut off the restriction: else an answer would have some of it.
 * @param budget of what is read of the log, where chunks come from there
 */
export async function readChunks<Plan extends Restriction>(
  context: RollupContext,
  site: ResolvedSite,
  plan: Plan,
  getGroups: (plan: Plan, span: Span) => Iterable<Group>,
  budget?: LogBudget,
): Promise<{ set: ChunkSet; known: Plan }> {
  const source = context.chunks ?? logChunks(context, budget);
  const set = await source(site, { from: plan.from, to: plan.to }, (span) => getGroups(plan, span));
  return { set, known: { ...plan, from: Math.max(plan.from, set.knownFrom ?? plan.from) } };
}
