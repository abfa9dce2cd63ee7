/** The value that a field has for single events. Pure. */
import type { Chunk } from '../columns/chunk.js';
import { type FieldContext, toColumn } from './column.js';
import type { Field } from './condition.js';

/** The value that a field has for each event. */
export function readField(
  chunk: Chunk,
  field: Field,
  context: FieldContext,
): (event: number) => string | undefined {
  const { of, codes, values } = toColumn(chunk, field, context);
  if (of === 'event') return (event) => values[codes[event] ?? 0];
  const contextAt = readContexts(chunk);
  return (event) => values[codes[contextAt(event)] ?? 0];
}

/** The context of each event. */
export function readContexts(chunk: Chunk): (event: number) => number {
  const { count, firstEvent } = chunk.context();
  const contexts = new Uint32Array(chunk.events);
  for (let context = 0; context < count; context += 1)
    contexts.fill(context, firstEvent[context], firstEvent[context + 1]);
  return (event) => contexts[event] ?? 0;
}
