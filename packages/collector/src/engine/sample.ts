/** A sample of visitors: which contexts of a chunk are in it, and of which random group they are. Pure. */
import { MAX_SLICES } from '../budgets.js';
import type { Chunk } from '../columns/chunk.js';
import { listSampleKeys } from '../columns/slice-chunk.js';
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

/** A selection in as many parts as there are groups: by bits of the visitor's hash that the sample does not depend on. */
export function splitSample(chunk: Chunk, selection: Selection): Selection[] {
  const { count, session, visitor } = chunk.context();
  const groups = Array.from({ length: SAMPLE_GROUPS }, () => new Uint8Array(count));
  let group = 0;
  for (let context = 0; context < count; context += 1) {
    const goesOn = context > 0 && session[context] === session[context - 1];
    if (!goesOn) group = Math.floor((visitor.low[context] ?? 0) / MAX_SLICES) % SAMPLE_GROUPS;
    const contexts = groups[group];
    if (contexts && selection.contexts?.[context] !== 0) contexts[context] = 1;
  }
  return groups.map((contexts) => ({ ...selection, contexts }));
}
