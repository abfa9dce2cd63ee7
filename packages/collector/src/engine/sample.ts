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
  const contexts = listSampleKeys(chunk.context());
  for (let context = 0; context < contexts.length; context += 1) {
    const isIn = (contexts[context] ?? 0) < bound && selection.contexts?.[context] !== 0;
    contexts[context] = isIn ? 1 : 0;
  }
  return { ...selection, contexts };
}

/** The group of each context: that of the visitor of its session's first one, by bits that the sample does not depend on. */
export function listSampleGroups({ count, session, visitor }: ReturnType<Chunk['context']>): Uint8Array {
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
  const groups = Array.from({ length: SAMPLE_GROUPS }, () => new Uint8Array(ofContext.length));
  for (let context = 0; context < ofContext.length; context += 1) {
    const contexts = groups[ofContext[context] ?? 0];
    if (contexts && selection.contexts?.[context] !== 0) contexts[context] = 1;
  }
  return groups.map((contexts) => ({ ...selection, contexts }));
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
