/** What answers are read with. */
import type { ChunkSource } from '../columns/chunk-source.js';
import type { ReadContext } from '../tail/tails.js';

export interface QueryContext extends ReadContext {
  /** Where events by column come from. */
  chunks: ChunkSource;
}
