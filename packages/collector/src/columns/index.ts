/** Events by column as they are stored: chunks of batches, the parts that a chunk is stored in, and chunks of parts. */
export { type Chunk, GROUPS, type Group, GroupNotReadError, withNeeds } from './chunk.js';
export { type ChunkBuilder, type ChunkOptions, createChunkBuilder } from './chunk-builder.js';
export { encodeSegment } from './codec/encode-segment.js';
export { openSegment } from './codec/open-segment.js';
export type { Part, PartGroup } from './codec/part.js';
export { UnreadableSegmentError } from './codec/unreadable-segment-error.js';
export { countSlices, type Slice, sliceChunk } from './slice-chunk.js';
