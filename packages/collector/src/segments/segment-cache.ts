/** Segments that were read lately, as they are stored and as far as they are decoded. A segment's name never means anything else. */
import { LruMap } from '../cache/lru-map.js';
import type { SegmentChunk } from '../columns/codec/open-segment.js';

export interface SegmentCache {
  readonly maxBytes: number;
  get(site: string, name: string): SegmentChunk | undefined;
  /** To be called again when more of it was read, decoded or released: it is weighed as it is then. */
  set(site: string, name: string, chunk: SegmentChunk): void;
  /** Drops all of a site, as after an erasure. */
  forget(site: string): void;
}

export function createSegmentCache(maxBytes: number): SegmentCache {
  const chunks = new LruMap<SegmentChunk>(maxBytes);
  /** How often each site was dropped: what was stored before is not found any more, and goes in its turn. */
  const dropped = new Map<string, number>();
  const toKey = (site: string, name: string) => `${site}#${dropped.get(site) ?? 0}#${name}`;

  return {
    maxBytes,
    get: (site, name) => chunks.get(toKey(site, name)),
    set(site, name, chunk) {
      const bytes = chunk.storedBytes + chunk.decodedBytes;
      if (bytes <= maxBytes) chunks.set(toKey(site, name), chunk, bytes);
      else chunks.delete(toKey(site, name));
    },
    forget(site) {
      dropped.set(site, (dropped.get(site) ?? 0) + 1);
    },
  };
}
