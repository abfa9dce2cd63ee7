import type { Insight } from '@liveinsight/testing';

/** Sends events as a page does: one batch of a session. */
export async function send(insight: Insight, ...events: object[]): Promise<void> {
  const body = JSON.stringify({ site: 'shop', session: { session_id: 'session-1' }, events });
  const response = await fetch(insight.endpoint, { method: 'POST', body });
  await response.text();
}

let ids = 0;
export const custom = (name: string, props: Record<string, unknown> = {}) => ({
  event_id: `event-${++ids}`,
  event_type: 'custom',
  timestamp: Date.now(),
  name,
  props,
});
