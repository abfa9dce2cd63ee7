/** Prints why events are rejected, so that a developer who adds the tracker to a page sees it in the terminal. */
import type { Collector } from '@liveinsight/collector';

/** Reasons that are remembered, each to be told once. */
const MAX_REASONS = 200;
const EVENTS_PATH = /^(\/api)?\/events\/?(\?|$)/;

interface Issue {
  /** Names the field. */
  message?: string;
}

/** The collector, whose replies to events are looked at. */
export function reportRejections(
  collector: Pick<Collector, 'handle'>,
  onRejected: (reason: string) => void,
): Pick<Collector, 'handle'> {
  const told = new Set<string>();
  return {
    async handle(request, connection) {
      const reply = await collector.handle(request, connection);
      if (request.method !== 'POST' || !EVENTS_PATH.test(request.url)) return reply;
      for (const reason of getReasons(reply.body)) {
        if (told.has(reason) || told.size >= MAX_REASONS) continue;
        told.add(reason);
        onRejected(reason);
      }
      return reply;
    },
  };
}

/** As `page_url must be a string`. */
function getReasons(body: unknown): string[] {
  if (typeof body !== 'string') return [];
  const {
    status,
    message,
    data = {},
  } = JSON.parse(body) as {
    status: string;
    message?: string;
    data?: { rejected?: Issue[]; issues?: Issue[] };
  };
  const issues = [...(data.rejected ?? []), ...(data.issues ?? [])];
  if (issues.length === 0) return status === 'error' && message ? [message] : [];
  return issues.flatMap((issue) => issue.message ?? []);
}
