/** Posts batches at a bounded rate, and again under the same name where the collector could not store them. */

const ENDPOINT = '/api/events';
const MIN_MS_BETWEEN = 200;
const MAX_ATTEMPTS = 6;

/**
 * @param {number} ms
 * @param {AbortSignal} signal
 * @returns {Promise<void>} rejects when aborted
 */
export function pause(ms, signal) {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', aborted, { once: true });
    function done() {
      signal.removeEventListener('abort', aborted);
      resolve();
    }
    function aborted() {
      clearTimeout(timer);
      reject(signal.reason);
    }
  });
}

/**
 * @typedef {{ stored: number, refused: number, waiting: boolean }} Sent
 * @param {AbortSignal} signal
 * @param {(sent: Sent) => void} report
 */
export function createPost(signal, report) {
  let nextAt = 0;
  return async (/** @type {Record<string, unknown>} */ batch) => {
    for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
      const now = Date.now();
      nextAt = Math.max(now, nextAt + MIN_MS_BETWEEN);
      await pause(nextAt - now, signal);
      const reply = await attemptToPost(batch, signal);
      if (reply.done) {
        report({ stored: reply.stored, refused: reply.refused, waiting: false });
        return;
      }
      report({ stored: 0, refused: 0, waiting: true });
      await pause(500 * 2 ** attempt, signal);
    }
  };
}

/**
 * @param {Record<string, unknown>} batch
 * @param {AbortSignal} signal
 */
async function attemptToPost(batch, signal) {
  try {
    const response = await fetch(ENDPOINT, {
      method: 'POST',
      headers: { 'Content-Type': 'text/plain' },
      body: JSON.stringify({ ...batch, sent_at: Date.now() }),
      signal,
    });
    const { data } = await response.json();
    const again = response.status === 429 || response.status >= 500;
    return {
      done: !again,
      stored: data?.accepted ?? 0,
      refused: data?.rejected?.length ?? (response.ok ? 0 : 1),
    };
  } catch {
    signal.throwIfAborted();
    return { done: false, stored: 0, refused: 0 };
  }
}
