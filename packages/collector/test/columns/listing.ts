/** What a chunk must hold, made the plain way: a list of all events with what their batch says. */
import { boundKey, cutText } from '../../src/events/bound-key.js';
import { clickTarget, eventName, SESSION_DIMENSIONS, sessionValue } from '../../src/events/dimensions.js';
import { toMicros } from '../../src/events/money.js';
import { getHost, toPage } from '../../src/events/page-path.js';
import type { StoredBatch, StoredEvent } from '../../src/storage/event-store.js';
import { hash } from './histories.js';
import { present, type Row, toHex } from './to-rows.js';

/** Of batches whose values are within the budgets, by session, and in each as they happened. */
export function listRows(batches: readonly StoredBatch[], { countBots = false } = {}): Row[] {
  return batches
    .filter(({ bot }) => countBots || !bot)
    .flatMap((batch) => batch.events.map((event) => toRow(batch, event)));
}

/** A form that leads to no address is known by its element. */
function toForm({ event_type, element_tag, element_id, element_text }: Record<string, unknown>): unknown {
  if (event_type !== 'form_submit' || !(element_tag || element_id)) return undefined;
  const tag = String(element_tag ?? 'element').toLowerCase();
  if (element_id) return `${tag}#${element_id}`;
  return element_text ? `${tag} “${element_text}”` : tag;
}

function toRow(batch: StoredBatch, event: StoredEvent): Row {
  const dimensions = SESSION_DIMENSIONS.map((dimension) => [dimension, sessionValue(batch, dimension)]);
  const fields: Record<string, unknown> = event;
  const ordinal = (name: string) => Math.min(Number(fields[name] ?? 0), 65_535) || undefined;
  const isPaid = fields.value !== undefined && fields.currency !== undefined;
  const link = fields.href || (fields.name === 'outbound_click' ? event.props?.url : toForm(fields));
  return present({
    session: toHex(hash(batch.session_id)),
    visitor: toHex(hash(batch.visitor_id)),
    user: batch.user_id === undefined ? undefined : toHex(hash(batch.user_id)),
    dimensions: present(Object.fromEntries(dimensions)),
    type: event.event_type,
    name: eventName(event),
    conversionType: fields.conversion_type,
    currency: isPaid ? fields.currency : undefined,
    micros: isPaid ? toMicros(Number(fields.value)) : undefined,
    page: event.page_url === undefined ? undefined : toPage(event.page_url),
    hostname: getHost(event.page_url),
    fromPage: fields.from_page ? toPage(String(fields.from_page)) : undefined,
    view: ordinal('view'),
    nth: ordinal('nth'),
    nthOfType: ordinal('nth_of_type'),
    firstOnPage: fields.first_on_page || undefined,
    delayed: event.delayed,
    becameEngaged: event.engaged || undefined,
    arrival: batch.received_at,
    timestamp: event.timestamp,
    gap: event.gap_ms ?? 0,
    engaged: fields.engaged_ms ?? 0,
    scroll: fields.scroll_pct === undefined ? undefined : Math.floor(Number(fields.scroll_pct)),
    title: event.page_title === undefined ? undefined : boundKey(event.page_title),
    clickTarget: clickTarget(event),
    link: typeof link === 'string' && link !== '' ? boundKey(link) : undefined,
    props: listProps(event),
  }) as Row;
}

function listProps(event: StoredEvent): Row['props'] {
  const listed: Row['props'] = {};
  for (const [key, value] of Object.entries(event.props ?? {})) {
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    const members = isObject
      ? Object.entries(value).map(([name, member]) => [`${key}.${name}`, member])
      : [[key, value]];
    for (const [path, member] of members) {
      if (member === null || typeof path !== 'string' || Object.hasOwn(listed, path)) continue;
      if (typeof member === 'number') listed[path] = member + 0;
      else listed[path] = cutText(typeof member === 'string' ? member : JSON.stringify(member), 128);
    }
  }
  return listed;
}
