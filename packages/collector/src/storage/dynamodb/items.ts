/**
 * Batches as items of the events table, in as few write units as they can be: shared context as plain attributes and
 * the events as one JSON text; else the events deflated; else, where that saves a unit, the context with them.
 */
import { utcDay } from '../../time/ms.js';
import type { NewBatch, StoredBatch, StoredEvent } from '../event-store.js';
import { partName } from '../part-names.js';
import { isStoredEvent } from '../stored-event.js';
import {
  type Attribute,
  addBytes,
  addNumber,
  addText,
  type EncodedItem,
  emptyItem,
  type Item,
  snapshot,
  truncate,
} from './attribute-codec.js';
import { deflate, inflate, NewerItemError } from './deflate.js';
import { arrivalsKey, sessionKey, splitSessionKey } from './keys.js';
import { DEFAULT_LAYOUT } from './layouts.js';
import { addContext, addFields, type SharedContext, sharedContext } from './shared-context.js';

/** Bytes that one write unit pays for. */
const WRITE_UNIT_BYTES = 1024;
const DAY_S = 86_400;

/** A batch made ready to be written, but for its arrival. */
export interface UnstampedItem {
  /** No two items of the table share it. */
  key: string;
  /** Without what the arrival adds. */
  bytes: number;
  /** The whole item, arriving at `arrivalMs`: the same one each time, so that the last stamp is the one it has. */
  stamp(arrivalMs: number): EncodedItem;
}

/** Events that an earlier item of the same name lacked go under a later `part`. */
export function encodeBatch(
  batch: NewBatch,
  part: number,
  events: StoredEvent[],
  now: number,
  layout: number = DEFAULT_LAYOUT,
): UnstampedItem {
  const pk = sessionKey(batch.site, batch.session_id);
  const sk = partName(batch.batch, part);
  const item = emptyItem();
  addText(item, 'pk', pk);
  addText(item, 'sk', sk);
  addText(item, 'visitor_id', batch.visitor_id);
  addText(item, 'user_id', batch.user_id);
  const named = snapshot(item);
  addStamp(item, batch, now);
  const stampBytes = item.bytes - named.bytes;
  truncate(item, named);
  addContent(item, batch, part, JSON.stringify(events), { stampBytes, layout });
  const unstamped = snapshot(item);
  return {
    key: `${pk} ${sk}`,
    bytes: item.bytes,
    stamp(arrivalMs) {
      truncate(item, unstamped);
      addStamp(item, batch, arrivalMs);
      return item;
    },
  };
}

function addStamp(item: EncodedItem, batch: NewBatch, arrivalMs: number): void {
  const countedAt = batch.received_at ?? arrivalMs;
  addText(item, 'arrivals', arrivalsKey(batch.site, utcDay(countedAt), batch.shardAt(countedAt)));
  addNumber(item, 'received_at', countedAt);
  addNumber(item, 'expires_at', Math.ceil(arrivalMs / 1000) + batch.retention_days * DAY_S);
}

function addContent(
  item: EncodedItem,
  batch: NewBatch,
  part: number,
  events: string,
  { stampBytes, layout }: { stampBytes: number; layout: number },
): void {
  const named = snapshot(item);
  addContext(item, batch, part);
  const units = (bytes: number) => Math.ceil((bytes + stampBytes + 'events'.length) / WRITE_UNIT_BYTES);
  // As many bytes as characters, at the least.
  if (events.length < WRITE_UNIT_BYTES && units(item.bytes + Buffer.byteLength(events)) === 1) {
    addText(item, 'events', events);
    return;
  }
  const sk = partName(batch.batch, part);
  const deflated = deflate(events, sk, { layout });
  const needed = units(item.bytes + deflated.length);
  // What takes a further unit even without its context is not looked at again.
  if (units(named.bytes + deflated.length) < needed) {
    const shared = JSON.stringify(sharedContext(batch, part));
    const all = deflate(`{"context":${shared},"events":${events}}`, sk, { hard: true, layout });
    if (units(named.bytes + all.length) < needed) {
      truncate(item, named);
      addBytes(item, 'events', all);
      return;
    }
  }
  addBytes(item, 'events', deflated);
}

/** What is deflated: the events, or the context with them. */
type Content = StoredEvent[] | { context: SharedContext; events: StoredEvent[] };

const contentText = ({ events, sk }: Item): string =>
  events?.B ? inflate(events.B, sk?.S ?? '') : (events?.S ?? '');

/** Throws for what no version of this writes: a single such item must not stop who reads the log. */
function parseContent(text: string): Content {
  const content: Content = JSON.parse(text);
  const events = Array.isArray(content) ? content : content?.events;
  if (!Array.isArray(events) || !events.every(isStoredEvent))
    throw new Error('its events are not as they are stored');
  if (!Array.isArray(content) && typeof content.context !== 'object') throw new Error('it has no context');
  return content;
}

/** A batch, and what its JSON text weighs: a hundred times as much as the item, if it deflated well. */
export interface DecodedItem {
  batch: StoredBatch;
  bytes: number;
}

/** Throws for an item that cannot be read. */
export function decodeItem(item: Item): DecodedItem {
  const text = contentText(item);
  const content = parseContent(text);
  const batch: StoredBatch = {
    ...nameOfItem(item),
    events: Array.isArray(content) ? content : content.events,
  };
  if (item.user_id?.S !== undefined) batch.user_id = item.user_id.S;
  addFields(
    batch,
    Array.isArray(content) ? (name) => plainValue(item[name]) : (name) => content.context[name],
  );
  return { batch, bytes: text.length };
}

/** What stands in the item's own attributes whatever its events are: enough to name and to delete it. */
export function nameOfItem(item: Item): StoredBatch {
  const { site, session_id } = splitSessionKey(item.pk?.S ?? '');
  return {
    site,
    session_id,
    batch: item.sk?.S ?? '',
    visitor_id: item.visitor_id?.S ?? '',
    received_at: Number(item.received_at?.N),
    expires_at: Number(item.expires_at?.N),
    events: [],
    ...(item.user_id?.S === undefined ? {} : { user_id: item.user_id.S }),
  };
}

const plainValue = (attribute: Attribute | undefined) =>
  attribute &&
  (attribute.S ?? (attribute.N === undefined ? attribute.BOOL || undefined : Number(attribute.N)));

/**
 * The events alone, for what needs no more: none of an item that is broken. Throws for one that a newer version wrote: its
 * events are known to that one.
 */
export function decodeEvents(item: Item): StoredEvent[] {
  try {
    const content = parseContent(contentText(item));
    return Array.isArray(content) ? content : content.events;
  } catch (error) {
    if (error instanceof NewerItemError) throw error;
    return [];
  }
}
