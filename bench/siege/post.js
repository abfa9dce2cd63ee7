/** Posts as a tracker does: what the network loses on the way is sent again, and is stored once all the same. */
import { setTimeout as wait } from 'node:timers/promises';

const ATTEMPTS = 5;

/** @param {RequestInit} init of a request that may be sent twice */
export async function post(url, init) {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const response = await fetch(`${url}/api/events`, { method: 'POST', ...init });
      return { status: response.status, reply: await response.json() };
    } catch (error) {
      // A server that closes an idle connection may do so just when it is used again.
      if (attempt === ATTEMPTS) return { status: 0, reply: { message: String(error) } };
      await wait(100);
    }
  }
}
