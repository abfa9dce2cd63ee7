/** What answers are read with. */
import type { Traffic } from '@liveinsight/schema';
import type { ChunkSource } from '../columns/chunk-source.js';
import type { ReadContext } from '../tail/tails.js';
import type { ReadDefinitions } from './definitions.js';

/** What numbers are read with. */
export interface NumbersContext extends ReadContext {
  /** Where events by column come from. */
  chunks: ChunkSource;
  /** Whose numbers are wanted, where that is not what rollups count: then all is read from events by column. */
  traffic?: Traffic | undefined;
}

export interface QueryContext extends NumbersContext {
  /** What people have defined for a site. */
  definitions: ReadDefinitions;
}
