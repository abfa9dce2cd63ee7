/** Which events pass filters. Pure. */

import { type Condition, type FieldCondition, isOfField } from '../engine/condition.js';
import { toPage } from '../events/page-path.js';
import { passes } from '../query/raw-filters.js';
import type { StoredBatch, StoredEvent } from '../storage/event-store.js';
import type { Calendar } from '../time/calendar.js';

export type EventFilter = (batch: StoredBatch, event: StoredEvent) => boolean;

/** As for sessions, but `page` is where the event happened, whatever it was. */
export function eventFilter(filters: Condition[], calendar: Calendar): EventFilter {
  const isOfPage = (one: Condition): one is FieldCondition => isOfField(one) && one.field === 'page';
  const onPage = filters.filter(isOfPage);
  const others = filters.filter((one) => !isOfPage(one));
  return (batch, event) =>
    onPage.every(({ matches, not }) => matches(toPage(event.page_url)) !== not) &&
    passes([{ ...batch, events: [event] }], others, calendar);
}
