/** Ids as they are stored: a UUID in 16 bytes instead of 36, any other id as it is. */
import { toBuffer } from './driver.js';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export const packId = (id: string): string | Uint8Array =>
  UUID.test(id) ? Buffer.from(id.replaceAll('-', ''), 'hex') : id;

export function unpackId(packed: unknown): string {
  if (typeof packed === 'string') return packed;
  const hex = toBuffer(packed).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
