/** Why a reply to events rejects some of them. */
import type { Issue } from '@liveinsight/schema';

const EVENTS_PATH = /^(\/api)?\/events\/?(\?|$)/;

interface Reply {
  status: string;
  message?: string;
  data?: { rejected?: Issue[]; issues?: Issue[] };
}

/** As `event_type must be one of page_view, …`. */
export function readRejections(url: string, body: unknown): string[] {
  if (!EVENTS_PATH.test(url) || typeof body !== 'string') return [];
  const { status, message, data }: Reply = JSON.parse(body);
  const issues = [...(data?.rejected ?? []), ...(data?.issues ?? [])];
  if (issues.length === 0) return status === 'error' && message ? [message] : [];
  return issues.map((issue) => issue.message);
}
