/** Chunks of segments that were read lately, decoded as far as they were asked for. A segment's name never means anything else. */
import { LruMap } from '../cache/lru-map.js';
import type { Chunk } from '../columns/chunk.js';

/** Decoded columns take so many times their stored bytes. */
const DECODED_SHARE = 6;

export interface SegmentCache {
  get(site: string, name: string): Chunk | undefined;
  /** @param bytes as they are stored */
  set(site: string, name: string, chunk: Chunk, bytes: number): void;
  /** Drops all of a site, as after an erasure. */
  forget(site: string): void;
}

export function createSegmentCache(maxBytes: number): SegmentCache {
  const chunks = new LruMap<Chunk>(maxBytes);
  /** How often each site was dropped: what was stored before is not found any more, and goes in its turn. */
  const dropped = new Map<string, number>();
  const toKey = (site: string, name: string) => `${site}#${dropped.get(site) ?? 0}#${name}`;

  return {
    get: (site, name) => chunks.get(toKey(site, name)),
    set(site, name, chunk, bytes) {
      if (bytes * DECODED_SHARE <= maxBytes) chunks.set(toKey(site, name), chunk, bytes * DECODED_SHARE);
    },
    forget(site) {
      dropped.set(site, (dropped.get(site) ?? 0) + 1);
    },
  };
}
