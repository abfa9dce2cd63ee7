/** Credentials that end: renewed in time, and used for as long as they are valid. */
import type { Credentials } from './signature.js';

/** Asked for again so long before they end. */
const RENEW_MS = 5 * 60_000;
/** Not asked for again so soon after the provider had none that end later, as where it is away. */
const RETRY_MS = 30_000;

/** Resolves to credentials that are valid at the time; rejects where the present ones have ended and there are no others. */
export function renewing(
  given: Credentials | (() => Promise<Credentials>),
): (nowMs: number) => Credentials | Promise<Credentials> {
  if (typeof given !== 'function') return () => given;
  const provider = given;
  let current: Credentials | undefined;
  let asking: Promise<Credentials> | undefined;
  let notBefore = Number.NEGATIVE_INFINITY;

  async function ask(nowMs: number): Promise<Credentials> {
    const isRenewal = leftMs(current, nowMs) > 0;
    try {
      const found = await provider();
      current = found;
      return found;
    } finally {
      asking = undefined;
      if (isRenewal && leftMs(current, nowMs) < RENEW_MS) notBefore = nowMs + RETRY_MS;
    }
  }

  return (nowMs) => {
    const left = leftMs(current, nowMs);
    if (current && (left >= RENEW_MS || (left > 0 && nowMs < notBefore))) return current;
    asking ??= ask(nowMs);
    if (!current || left <= 0) return asking;
    // While those at hand are valid nobody waits for others, nor hears that there are none.
    asking.catch(() => {});
    return current;
  };
}

function leftMs(credentials: Credentials | undefined, nowMs: number): number {
  if (!credentials) return 0;
  return credentials.expiration ? credentials.expiration.getTime() - nowMs : Number.POSITIVE_INFINITY;
}
