/** Reads from a reply what became of the events of a request. */
import type { CollectorReply, CollectorRequest, TailReport } from '@liveinsight/collector';
import type { MetricName, Metrics } from './metrics.js';

interface ResponseBody {
  data?: {
    accepted?: number;
    rejected?: { code: string }[];
    retry_events?: unknown[];
    issues?: { code: string }[];
  };
}

const OK = 200;
const TOO_MANY_REQUESTS = 429;
const FIRST_SERVER_ERROR = 500;
const NOT_IMPLEMENTED = 501;

/**
 * Counts a request and its response. A request that is rejected entirely counts as one rejected event: its events were not read.
 * @param taken what an accepted event counts as
 */
export function recordRequest(
  metrics: Metrics,
  { method, url }: CollectorRequest,
  reply: CollectorReply,
  elapsedMs: number,
  taken: MetricName,
): void {
  const isIngest = method === 'POST' && /\/events\/?(\?|$)/.test(url);
  const body: ResponseBody = isIngest && typeof reply.body === 'string' ? JSON.parse(reply.body) : {};
  const retried = body.data?.retry_events?.length ?? 0;
  if (isIngest) {
    metrics.add('ProcessingTime', elapsedMs);
    if (body.data?.accepted) metrics.add(taken, body.data.accepted);
    if (retried > 0) metrics.add('EventsRetried', retried);
    for (const { code } of body.data?.rejected ?? []) metrics.reject(code, 1);
    const rejectionCode =
      body.data?.issues?.[0]?.code ?? (reply.status === TOO_MANY_REQUESTS && 'rate_limited');
    if (rejectionCode) metrics.reject(rejectionCode, 1);
  }
  const failed = reply.status >= FIRST_SERVER_ERROR && reply.status !== NOT_IMPLEMENTED;
  if (failed && retried === 0) metrics.add('ProcessingErrors', 1);
}

/** How far behind the statistics are that a response has just read, over all sites that this environment holds. */
export function recordFreshness(
  metrics: Metrics,
  { method, url }: CollectorRequest,
  { status }: CollectorReply,
  tails: readonly TailReport[],
): void {
  const isStats = method === 'GET' && /\/stats\/?(\?|$)/.test(url);
  const lags = tails.flatMap(({ behindMs }) => behindMs ?? []);
  if (isStats && status === OK && lags.length > 0) metrics.add('StatsLag', Math.max(...lags));
}
