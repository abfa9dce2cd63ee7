/** A 64-bit hash that only the holder of the key can match with an id. */
import { createHmac } from 'node:crypto';

/** Hashes kept, so that a visitor's batches cost one HMAC. */
const MAX_CACHED_HASHES = 50_000;

export function keyedHash(key: Buffer): (id: string) => bigint {
  const cache = new Map<string, bigint>();
  return (id) => {
    let hash = cache.get(id);
    if (hash === undefined) {
      hash = createHmac('sha256', key).update(id).digest().readBigUInt64BE();
      if (cache.size >= MAX_CACHED_HASHES) cache.clear();
      cache.set(id, hash);
    }
    return hash;
  };
}
