/** What several scans need of a chunk, made once: they all go through the same chunk before the next one comes. Pure. */
import type { Chunk } from '../columns/chunk.js';

export function onceAChunk<Made>(make: (chunk: Chunk) => Made): (chunk: Chunk) => Made {
  let last: { chunk: Chunk; made: Made } | undefined;
  return (chunk) => {
    if (last?.chunk !== chunk) last = { chunk, made: make(chunk) };
    return last.made;
  };
}
