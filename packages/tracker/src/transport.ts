/** The only file that talks to the network. */
import { readRetryAfter } from './retry.js';
import type { IngestData } from './wire.js';

/**
 * Posts a batch. A string body makes it `text/plain`, which needs no CORS preflight.
 * @param onAnswer gets the HTTP status (0 where no answer came), Retry-After in seconds, and what the collector says if the
 *   answer was one and whole
 */
export const post = async (
  url: string,
  body: string,
  keepalive: boolean,
  onAnswer: (status: number, retryAfterSeconds: number, data?: IngestData) => void,
): Promise<void> => {
  let status = 0;
  let retryAfterSeconds = 0;
  let data: IngestData | undefined;
  try {
    const response = await fetch(url, { method: 'POST', body, keepalive });
    status = response.status;
    retryAfterSeconds = readRetryAfter(response.headers.get('Retry-After'));
    data = (await response.json()).data;
  } catch {}
  onAnswer(status, retryAfterSeconds, data);
};
