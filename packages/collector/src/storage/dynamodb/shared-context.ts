/** What the events of a batch share, flat: each becomes an attribute that the table's console shows. */
import { BOT_CATEGORIES, BOT_REASONS, LOCATION_SOURCES } from '@liveinsight/schema';
import type { BatchFields, NewBatch } from '../event-store.js';
import { addFlag, addNumber, addText, type EncodedItem } from './attribute-codec.js';

const TEXTS = [
  'entry_page',
  'referrer',
  'source',
  'channel',
  'click_id',
  'language',
  'screen',
  'viewport',
  'timezone',
  'browser',
  'os',
  'device',
  'country',
  'region',
  'city',
  'release',
  'bot_name',
  'bot_operator',
] as const;
const UTM = ['source', 'medium', 'campaign', 'term', 'content'] as const;
const UTM_ATTRIBUTES = UTM.map((name) => [name, `utm_${name}`] as const);

/** By attribute. */
export type SharedContext = Record<string, ContextValue>;
type ContextValue = string | number | true;

/** What the tracker gave up is frozen with the batch, so it stands in its first part alone. */
function visitContext(
  batch: NewBatch,
  part: number,
  visit: (name: string, value: ContextValue) => void,
): void {
  for (const name of TEXTS) {
    const value = batch[name];
    if (value !== undefined) visit(name, value);
  }
  if (batch.location_source !== undefined) visit('location_source', batch.location_source);
  if (batch.bot_category !== undefined) visit('bot_category', batch.bot_category);
  if (batch.bot_reason !== undefined) visit('bot_reason', batch.bot_reason);
  for (const [name, utmName] of UTM_ATTRIBUTES) {
    const value = batch.utm?.[name];
    if (value !== undefined) visit(utmName, value);
  }
  if (batch.sent_at !== undefined) visit('sent_at', batch.sent_at);
  if (batch.bot) visit('bot', true);
  if (batch.dropped && part === 1) visit('dropped', JSON.stringify(batch.dropped));
}

export function sharedContext(batch: NewBatch, part: number): SharedContext {
  const context: SharedContext = {};
  visitContext(batch, part, (name, value) => {
    context[name] = value;
  });
  return context;
}

export function addContext(item: EncodedItem, batch: NewBatch, part: number): void {
  visitContext(batch, part, (name, value) => {
    if (typeof value === 'string') addText(item, name, value);
    else if (typeof value === 'number') addNumber(item, name, value);
    else addFlag(item, name, value);
  });
}

/** What a batch has besides what names it. */
type ContextFields = Omit<BatchFields, 'site' | 'session_id' | 'visitor_id' | 'user_id'>;

/** Adds the context to a batch as it was given; field by field, for rolling up reads hundreds of thousands. */
export function addFields(
  fields: ContextFields,
  attribute: (name: string) => ContextValue | undefined,
): void {
  for (const name of TEXTS) {
    const value = attribute(name);
    if (typeof value === 'string') fields[name] = value;
  }
  for (const [name, utmName] of UTM_ATTRIBUTES) {
    const value = attribute(utmName);
    if (typeof value !== 'string') continue;
    fields.utm ??= {};
    fields.utm[name] = value;
  }
  const locationSource = LOCATION_SOURCES.find((source) => source === attribute('location_source'));
  if (locationSource) fields.location_source = locationSource;
  if (attribute('bot')) addBot(fields, attribute);
  const sentAt = attribute('sent_at');
  if (typeof sentAt === 'number') fields.sent_at = sentAt;
  const dropped = attribute('dropped');
  if (typeof dropped === 'string') fields.dropped = JSON.parse(dropped);
}

function addBot(fields: ContextFields, attribute: (name: string) => ContextValue | undefined): void {
  fields.bot = true;
  const category = BOT_CATEGORIES.find((one) => one === attribute('bot_category'));
  if (category) fields.bot_category = category;
  const reason = BOT_REASONS.find((one) => one === attribute('bot_reason'));
  if (reason) fields.bot_reason = reason;
}
