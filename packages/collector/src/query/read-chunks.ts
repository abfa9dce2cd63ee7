/** The chunks that a question is answered from, and the part of its range that these know. */

import type { Group } from '../columns/chunk.js';
import type { ChunkSet, ChunkSourceOptions } from '../columns/chunk-source.js';
import type { Restriction, Span } from '../engine/selection.js';
import type { ResolvedSite } from '../sites/site-registry.js';
import type { TailCut } from '../tail/shard-tail.js';
import type { ResponseTail } from '../tail/tails.js';
import type { NumbersContext } from './query-context.js';

/**
 * What arrived before everything is known is cut off the restriction: else an answer would have some of it.
 */
export async function readChunks<Plan extends Restriction>(
  context: NumbersContext,
  site: ResolvedSite,
  plan: Plan,
  getGroups: (plan: Plan, span: Span) => Iterable<Group>,
  options: ChunkSourceOptions = {},
): Promise<{ set: ChunkSet; known: Plan }> {
  const { tail, traffic } = context;
  const held = tail && (() => readHeld(tail));
  const range = { from: plan.from, to: plan.to };
  const set = await context.chunks(site, range, (span) => getGroups(plan, span), {
    held,
    traffic,
    ...options,
  });
  return { set, known: { ...plan, from: Math.max(plan.from, set.knownFrom ?? plan.from) } };
}

/** Wanted for the first time, the events of the newest arrivals are kept from then on. */
async function readHeld(tail: ResponseTail): Promise<TailCut[] | undefined> {
  tail.keepRows();
  return tail.cuts();
}
