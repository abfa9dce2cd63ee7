/** One secret, a key per purpose: what one key hashes can't be matched with what another does. */
import { createHmac } from 'node:crypto';

export type KeyPurpose = 'shard' | 'sketch' | 'visitor' | 'webhook' | 'exclusion';

export function deriveKey(secret: string, purpose: KeyPurpose): Buffer {
  return createHmac('sha256', secret).update(`liveinsight/${purpose}`).digest();
}
