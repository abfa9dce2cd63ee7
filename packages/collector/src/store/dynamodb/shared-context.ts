/** What the events of a batch share, flat: each becomes an attribute that the table's console shows. */
import type { BatchFields, NewBatch } from '../store.js';
import { addFlag, addNumber, addText, type EncodedItem, type Item } from './attributes.js';

const TEXTS = [
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

/** By attribute. */
export type SharedContext = Record<string, string | number | true>;

/** What the tracker gave up is frozen with the batch, so it stands in its first part alone. */
export function sharedContext(batch: NewBatch, part: number): SharedContext {
  const context: SharedContext = {};
  for (const name of TEXTS) {
    const value = batch[name];
    if (value !== undefined) context[name] = value;
  }
  for (const name of UTM) {
    const value = batch.utm?.[name];
    if (value !== undefined) context[`utm_${name}`] = value;
  }
  if (batch.sent_at !== undefined) context.sent_at = batch.sent_at;
  if (batch.bot) context.bot = true;
  if (batch.dropped && part === 1) context.dropped = JSON.stringify(batch.dropped);
  return context;
}

export function addContext(item: EncodedItem, context: SharedContext): void {
  for (const [name, value] of Object.entries(context)) {
    if (typeof value === 'string') addText(item, name, value);
    else if (typeof value === 'number') addNumber(item, name, value);
    else addFlag(item, name, value);
  }
}

export function contextOf(item: Item): SharedContext {
  const context: SharedContext = {};
  for (const [name, { S, N, BOOL }] of Object.entries(item)) {
    if (S !== undefined) context[name] = S;
    else if (N !== undefined) context[name] = Number(N);
    else if (BOOL) context[name] = true;
  }
  return context;
}

/** As it was given. */
export function toFields(
  context: SharedContext,
): Omit<BatchFields, 'site' | 'session_id' | 'visitor_id' | 'user_id'> {
  const fields: ReturnType<typeof toFields> = {};
  const text = (name: string) => (typeof context[name] === 'string' ? context[name] : undefined);
  for (const name of TEXTS) {
    const value = text(name);
    if (value !== undefined) fields[name] = value;
  }
  for (const name of UTM) {
    const value = text(`utm_${name}`);
    if (value !== undefined) fields.utm = { ...fields.utm, [name]: value };
  }
  if (typeof context.sent_at === 'number') fields.sent_at = context.sent_at;
  if (context.bot) fields.bot = true;
  const dropped = text('dropped');
  if (dropped !== undefined) fields.dropped = JSON.parse(dropped);
  return fields;
}
