/** The only file that talks to the network. */
import type { IngestData } from './wire.js';

export interface Answer {
  /** HTTP status; 0 where no answer came. */
  _status: number;
  _retryAfterSeconds: number;
  /** What the collector says of the batch; missing where the answer was not a collector's, or was cut off. */
  _data: IngestData | undefined;
}

/** A string body makes it `text/plain`, which needs no CORS preflight. Never rejects. */
export const post = async (url: string, body: string, keepalive: boolean): Promise<Answer> => {
  const answer: Answer = { _status: 0, _retryAfterSeconds: 0, _data: undefined };
  try {
    const response = await fetch(url, { method: 'POST', body, keepalive });
    answer._status = response.status;
    answer._retryAfterSeconds = +(response.headers.get('Retry-After') || 0);
    answer._data = (await response.json()).data;
  } catch {}
  return answer;
};
