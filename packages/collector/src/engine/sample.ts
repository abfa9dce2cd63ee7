/** A sample of visitors: which contexts of a chunk are in it, and of which random group they are. Pure. */
import { MAX_SLICES } from '../budgets.js';
import type { Chunk } from '../columns/chunk.js';
import { listSampleKeys } from '../columns/slice-chunk.js';
import { DistinctCounter } from '../rollup/distinct-counter.js';
import type { Selection } from './selection.js';

/** Groups by which the error of a sample is told (random groups: Wolter, Introduction to Variance Estimation, chapter 2). */
export const SAMPLE_GROUPS = 16;

/** Restricts a selection to visitors whose sampling key is below the bound. */
export function selectSample(chunk: Chunk, selection: Selection, bound: number): Selection {
  const sampled = listSampleKeys(chunk.context());
  for (let context = 0; context < sampled.length; context += 1)
    sampled[context] = (sampled[context] ?? 0) < bound ? 1 : 0;
  return {
    ...selection,
    sampled,
    contexts: selection.contexts?.map((isIn, row) => isIn & (sampled[row] ?? 0)) ?? sampled,
  };
}

/** The group of each context: that of the visitor of its session's first one, by bits that the sample does not depend on. */
function listSampleGroups({ count, session, visitor }: ReturnType<Chunk['context']>): Uint8Array {
  const groups = new Uint8Array(count);
  let group = 0;
  for (let context = 0; context < count; context += 1) {
    const goesOn = context > 0 && session[context] === session[context - 1];
    if (!goesOn) group = toSampleGroup(visitor.low[context] ?? 0);
    groups[context] = group;
  }
  return groups;
}

/** @param low half of the visitor's hash */
export const toSampleGroup = (low: number): number => Math.floor(low / MAX_SLICES) % SAMPLE_GROUPS;

/** A selection in as many parts as there are groups. */
export function splitSample(chunk: Chunk, selection: Selection): Selection[] {
  const ofContext = listSampleGroups(chunk.context());
  const groups = Array.from({ length: SAMPLE_GROUPS }, () => ({
    ...selection,
    contexts: new Uint8Array(ofContext.length),
    sampled: new Uint8Array(ofContext.length),
  }));
  for (let context = 0; context < ofContext.length; context += 1) {
    const group = groups[ofContext[context] ?? 0];
    if (!group) continue;
    group.contexts[context] = selection.contexts?.[context] ?? 1;
    group.sampled[context] = selection.sampled?.[context] ?? 1;
  }
  return groups;
}

/** Visitors of a sample with an event that is selected, about. */
export class SampledVisitors {
  readonly #visitors = new DistinctCounter();

  get count(): number {
    return this.#visitors.count();
  }

  add(chunk: Chunk, { contexts, events }: Selection): void {
    const { count, visitor, firstEvent } = chunk.context();
    for (let context = 0; context < count; context += 1) {
      if (contexts && contexts[context] !== 1) continue;
      const isIn = !events || events.subarray(firstEvent[context], firstEvent[context + 1]).includes(1);
      if (isIn) this.#visitors.addHalves(visitor.high[context] ?? 0, visitor.low[context] ?? 0);
    }
  }
}
