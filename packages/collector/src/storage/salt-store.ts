/** The port behind which the random salts of days are kept: each made once, whoever asks first, and deleted soon after its day. */
import { DAY_MS } from '../time/ms.js';

/** A day is over everywhere 36 hours after it began in UTC. */
export const MAX_SALT_AGE_MS = 2 * DAY_MS;

export interface SaltStore {
  /** The salt of a day, as `2026-01-31`: the same for everybody who asks. Rejects with a `StoreUnavailableError`. */
  dailySalt(day: string): Promise<Uint8Array>;
  /** Deletes the salts of days that began (UTC) before that time, in ms. */
  deleteSalts(before: number): Promise<void>;
}
