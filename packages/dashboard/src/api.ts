/** Asks the collector, whose API lies beside this page. */
import type { RealtimeData, Reply } from '@liveinsight/schema';

/** What came of asking; a failure says in words why. */
export type Answer =
  | { kind: 'data'; data: RealtimeData }
  | { kind: 'key-wanted' }
  | { kind: 'failed'; why: string };

const ANSWER_WITHIN_MS = 5_000;

export interface Question {
  /** Default: the collector's own default site. */
  site: string | null;
  key: string | null;
  /** Of the answer before. */
  cursor: string | undefined;
}

export async function askRealtime({ site, key, cursor }: Question): Promise<Answer> {
  const query = new URLSearchParams();
  if (site) query.set('site', site);
  if (cursor) query.set('cursor', cursor);
  try {
    const response = await fetch(`../api/realtime?${query}`, {
      headers: key ? { Authorization: `Bearer ${key}` } : {},
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    });
    if (response.status === 401 || response.status === 403) return { kind: 'key-wanted' };
    const reply: Reply<RealtimeData> = await response.json();
    if (reply.status === 'success') return { kind: 'data', data: reply.data };
    return { kind: 'failed', why: reply.message };
  } catch (error) {
    const late = error instanceof DOMException && error.name === 'TimeoutError';
    return { kind: 'failed', why: late ? 'it takes too long' : 'it can’t be reached' };
  }
}
