/** What a page's tracker sent and the collector has answered. */
import type { WireBatch, WireEvent } from '@liveinsight/schema';
import type { Page, Request } from 'playwright';

export type SentEvent = WireEvent & { event_id: string; session_id: string };

export interface SentEvents {
  all(): SentEvent[];
  /** The first one that fits, as soon as it is stored. */
  find(fits: (event: SentEvent) => boolean): Promise<SentEvent>;
}

export function watchSentEvents(page: Page): SentEvents {
  const sent: SentEvent[] = [];
  const waiting = new Set<() => void>();
  page.on('requestfinished', async (request) => {
    if (request.method() !== 'POST' || !request.url().endsWith('/api/events')) return;
    sent.push(...(await eventsOf(request)));
    for (const look of waiting) look();
  });
  return {
    all: () => [...sent],
    find: (fits) =>
      new Promise((resolve) => {
        const look = () => {
          const found = sent.find(fits);
          if (!found) return;
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
      }),
  };
}

async function eventsOf(request: Request): Promise<SentEvent[]> {
  const { session, events }: WireBatch = JSON.parse(request.postData() ?? '{"events":[]}');
  return events.map((event) => ({
    ...event,
    event_id: event.event_id ?? '',
    session_id: session?.session_id ?? '',
  }));
}
