/** Requests to a collector with an admin key, and what comes back. */
import type { Collector } from '@liveinsight/collector';
import { ADMIN_KEY } from '../stack.js';

export const ask = (collector: Collector, path: string, init: RequestInit = {}, streams = true) =>
  collector.fetch(
    new Request(`http://collector${path}`, {
      ...init,
      headers: { authorization: `Bearer ${ADMIN_KEY}`, ...init.headers },
    }),
    { streams },
  );

export interface Line {
  batch: string;
  received_at: number;
  cursor?: string;
}

/** The lines of an NDJSON text. */
export const linesOf = (text: string): Line[] =>
  text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
