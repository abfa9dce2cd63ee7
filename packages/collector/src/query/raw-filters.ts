/** Which sessions of the raw log pass filters. Pure. */
import { MAX_PROPERTY_CHARS } from '../budgets.js';
import { toProperties } from '../columns/event-properties.js';
import {
  type Condition,
  type EventRule,
  type Field,
  isOfField,
  isPropertyField,
  propertyKey,
} from '../engine/condition.js';
import { hourOfWeek } from '../engine/hour-of-week.js';
import { boundKey, cutText } from '../events/bound-key.js';
import { clickTarget, eventName, sessionValue } from '../events/dimensions.js';
import { getHost, toPage } from '../events/page-path.js';
import type { StoredBatch, StoredEvent } from '../storage/event-store.js';
import type { Calendar } from '../time/calendar.js';

/** @param batches all of one session within the range, in order of arrival */
export function passes(
  batches: StoredBatch[],
  conditions: readonly Condition[],
  calendar: Calendar,
): boolean {
  return conditions.every((condition) => {
    const isMet = isOfField(condition)
      ? getValues(batches, condition.field, calendar).some(condition.matches)
      : batches.some(({ events }) =>
          events.some((event) => condition.rules.some((rule) => isMeant(event, rule))),
        );
    return isMet !== condition.not;
  });
}

/** Whether a rule means an event of the log, as `selectByRule` says it of columns. */
export function isMeant(
  event: StoredEvent,
  { matchesKind, matchesPage, minScroll = 0, properties = [] }: EventRule,
): boolean {
  const kind = {
    type: event.event_type,
    name: eventName(event),
    ...(event.event_type === 'conversion' ? { conversionType: boundKey(event.conversion_type) } : {}),
  };
  return (
    matchesKind(kind) &&
    matchesPage?.(toPage(event.page_url)) !== false &&
    (minScroll === 0 || ('scroll_pct' in event && (event.scroll_pct ?? 0) >= minScroll)) &&
    properties.every(
      ({ field, matches, not }) =>
        propertyValues(event, propertyKey(field)).slice(0, 1).some(matches) !== not,
    )
  );
}

function getValues(batches: StoredBatch[], field: Field, calendar: Calendar): string[] {
  const events = batches.flatMap((batch) => batch.events);
  if (isPropertyField(field)) {
    const key = propertyKey(field);
    return events.flatMap((event) => propertyValues(event, key));
  }
  switch (field) {
    case 'page':
    // A filter by group is one by the pages that are in it.
    case 'page_group':
      return toPages(events);
    case 'exit_page':
      return toLastPage(events);
    case 'hostname':
      return events.flatMap(({ page_url }) => getHost(page_url) ?? []);
    case 'title':
      return events.flatMap(({ page_title }) => (page_title === undefined ? [] : [boundKey(page_title)]));
    case 'event_name':
      return events.map(eventName);
    case 'click_target':
      return events.flatMap((event) => clickTarget(event) ?? []);
    case 'conversion_type':
      return events.flatMap((event) => (event.event_type === 'conversion' ? [event.conversion_type] : []));
    case 'hour_of_week':
      return batches.map(({ received_at }) => hourOfWeek(received_at, calendar));
    default:
      return batches.flatMap((batch) => sessionValue(batch, field) ?? []);
  }
}

const toPages = (events: StoredEvent[]): string[] =>
  events.flatMap((event) => (event.event_type === 'page_view' ? [toPage(event.page_url)] : []));

/** Of views that happened at the same time, the last one is the one of the last page by name, as in columns. */
function toLastPage(events: StoredEvent[]): string[] {
  const views = events.filter(({ event_type }) => event_type === 'page_view');
  const last = views.reduce((max, { timestamp }) => Math.max(max, timestamp), Number.NEGATIVE_INFINITY);
  return toPages(views.filter(({ timestamp }) => timestamp === last))
    .sort()
    .slice(-1);
}

const propertyValues = (event: StoredEvent, wanted: string | undefined): string[] =>
  toProperties(event).flatMap(([key, value]) =>
    key === wanted ? [cutText(String(value), MAX_PROPERTY_CHARS)] : [],
  );
