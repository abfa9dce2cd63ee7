/** Who sends a waiting message, and what its attempt leaves behind. Pure. */
import type { AlertState, DeliveryFailure, WaitingMessage } from './alert-state.js';

/** Attempts at a message; after these it is given up. */
const MAX_ATTEMPTS = 6;
/** Wait after the first attempt that failed; doubled after each further one. */
const FIRST_WAIT_MS = 30_000;
/** A claim outlives an attempt's time-out by far: what holds it then has died, or stands still. */
export const CLAIM_MS = 20_000;

/** The state in which `by` has the first message to itself; undefined where there is none to be sent now. */
export function claimMessage(
  state: AlertState,
  by: string,
  now: number,
): { state: AlertState; message: WaitingMessage } | undefined {
  const [first, ...rest] = state.waiting;
  // Put already, where the answer to that was lost.
  if (first?.claim?.by === by) return { state, message: first };
  if (!first || first.dueAt > now || (first.claim && first.claim.until > now)) return undefined;
  const message = { ...first, attempts: first.attempts + 1, claim: { by, until: now + CLAIM_MS } };
  return { state: { ...state, waiting: [message, ...rest] }, message };
}

/**
 * The state after an attempt; undefined where there is nothing to note. Delivered is delivered, whoever has the message
 * by now; of a failure only who still has it may speak.
 */
export function recordAttempt(
  state: AlertState,
  { id, claim }: WaitingMessage,
  failure: DeliveryFailure | undefined,
  now: number,
): AlertState | undefined {
  const message = state.waiting.find((one) => one.id === id);
  if (!message || (failure && message.claim?.by !== claim?.by)) return undefined;
  const { kind, attempts } = message;
  const others = state.waiting.filter((one) => one !== message);
  if (!failure) return { ...state, waiting: others, last: { kind, status: 'delivered', at: now, attempts } };
  if (attempts >= MAX_ATTEMPTS)
    return { ...state, waiting: others, last: { kind, status: 'given_up', at: now, attempts, ...failure } };
  const { claim: _, ...free } = message;
  const dueAt = now + FIRST_WAIT_MS * 2 ** (attempts - 1);
  return { ...state, waiting: [{ ...free, dueAt, failure: { ...failure, at: now } }, ...others] };
}
