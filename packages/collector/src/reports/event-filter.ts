/** Which events pass filters. Pure. */
import { toPage } from '../events/page-path.js';
import { type Filter, passes } from '../query/filters.js';
import type { StoredBatch, StoredEvent } from '../storage/event-store.js';
import type { Calendar } from '../time/calendar.js';

export type EventFilter = (batch: StoredBatch, event: StoredEvent) => boolean;

/** As for sessions, but `page` is where the event happened, whatever it was. */
export function eventFilter(filters: Filter[], calendar: Calendar): EventFilter {
  const onPage = filters.filter(({ breakdown }) => breakdown === 'page');
  const others = filters.filter(({ breakdown }) => breakdown !== 'page');
  return (batch, event) =>
    onPage.every(({ values, not }) => values.has(toPage(event.page_url)) !== not) &&
    passes([{ ...batch, events: [event] }], others, calendar);
}
