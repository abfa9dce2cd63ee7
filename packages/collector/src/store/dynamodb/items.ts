/** Batches as items of the events table: shared context as plain attributes, the events as one. */
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { NewBatch, StoredBatch, StoredEvent } from '../store.js';
import {
  addBytes,
  addFlag,
  addNumber,
  addText,
  type EncodedItem,
  emptyItem,
  type Item,
} from './attributes.js';
import { arrivalsKey, partName, sessionKey, splitSessionKey, utcDay } from './keys.js';

/** Bytes that one write unit pays for. */
const WRITE_UNIT_BYTES = 1024;
const DAY_S = 86_400;

const TEXTS = [
  'visitor_id',
  'user_id',
  'entry_page',
  'referrer',
  'source',
  'channel',
  'language',
  'screen',
  'viewport',
  'timezone',
  'browser',
  'os',
  'device',
  'country',
  'region',
] as const;
const UTM = ['source', 'medium', 'campaign', 'term', 'content'] as const;

/** A batch made ready to be written, but for its arrival. */
export interface UnstampedItem {
  /** No two items of the table share it. */
  key: string;
  /** Without what the arrival adds. */
  bytes: number;
  /** The whole item, arriving at `arrivalMs`. */
  stamp(arrivalMs: number): EncodedItem;
}

/**
 * Events that an earlier item of the same name lacked go under a later `part`. What the tracker gave up
 * is frozen with the batch, so it stands in its first item alone.
 */
export function encodeBatch(
  batch: NewBatch,
  part: number,
  events: StoredEvent[],
  now: number,
): UnstampedItem {
  const pk = sessionKey(batch.site, batch.session_id);
  const sk = partName(batch.batch, part);
  const base = emptyItem();
  addText(base, 'pk', pk);
  addText(base, 'sk', sk);
  for (const name of TEXTS) addText(base, name, batch[name]);
  for (const name of UTM) addText(base, `utm_${name}`, batch.utm?.[name]);
  addNumber(base, 'sent_at', batch.sent_at);
  addFlag(base, 'bot', batch.bot);
  if (batch.dropped && part === 1) addText(base, 'dropped', JSON.stringify(batch.dropped));
  const stamp = (arrivalMs: number): EncodedItem => {
    const item = { names: [...base.names], values: [...base.values], bytes: base.bytes };
    const countedAt = batch.received_at ?? arrivalMs;
    addText(item, 'arrivals', arrivalsKey(batch.site, utcDay(countedAt), batch.shardAt(countedAt)));
    addNumber(item, 'received_at', countedAt);
    addNumber(item, 'expires_at', Math.ceil(arrivalMs / 1000) + batch.retention_days * DAY_S);
    return item;
  };
  const spare = WRITE_UNIT_BYTES - stamp(now).bytes;
  addEvents(base, JSON.stringify(events), spare);
  return { key: `${pk} ${sk}`, bytes: base.bytes, stamp };
}

/** Readable where that costs no further write unit, else deflated: at level 1 that costs less than the unit. */
function addEvents(item: EncodedItem, json: string, spareBytes: number): void {
  const fits = 'events'.length + Buffer.byteLength(json) <= spareBytes;
  if (fits) addText(item, 'events', json);
  else addBytes(item, 'events', deflateRawSync(json, { level: 1 }));
}

export function decodeBatch(item: Item): StoredBatch {
  const batch: StoredBatch = {
    ...splitSessionKey(item.pk?.S ?? ''),
    batch: item.sk?.S ?? '',
    visitor_id: item.visitor_id?.S ?? '',
    received_at: Number(item.received_at?.N),
    expires_at: Number(item.expires_at?.N),
    events: decodeEvents(item),
  };
  for (const name of TEXTS) {
    const value = item[name]?.S;
    if (value !== undefined) batch[name] = value;
  }
  for (const name of UTM) {
    const value = item[`utm_${name}`]?.S;
    if (value !== undefined) batch.utm = { ...batch.utm, [name]: value };
  }
  if (item.sent_at?.N !== undefined) batch.sent_at = Number(item.sent_at.N);
  if (item.bot?.BOOL) batch.bot = true;
  if (item.dropped?.S) batch.dropped = JSON.parse(item.dropped.S);
  return batch;
}

/** The events alone, for what needs no more. */
export function decodeEvents({ events }: Item): StoredEvent[] {
  const json = events?.B ? inflateRawSync(Buffer.from(events.B, 'base64')).toString() : events?.S;
  return JSON.parse(json ?? '[]');
}
