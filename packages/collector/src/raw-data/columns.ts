/** An event with all that is known of its batch as one flat row: what CSV and Parquet have. */
import { toPage } from '../events/page-path.js';
import type { StoredBatch, StoredEvent } from '../storage/event-store.js';
import { batchName } from './export-line.js';

/** `time` is ms since 1970. Any value may be absent. */
export type ColumnType = 'text' | 'time' | 'integer' | 'number' | 'flag';
export type Cell = string | number | boolean | undefined;

export interface Column {
  name: string;
  type: ColumnType;
  get(batch: StoredBatch, event: StoredEvent): Cell;
}

const ofBatch = (type: ColumnType, ...names: (keyof StoredBatch)[]): Column[] =>
  names.map((name) => ({ name, type, get: (batch) => batch[name] as Cell }));

const ofEvent = (type: ColumnType, ...names: string[]): Column[] =>
  names.map((name) => ({ name, type, get: (_, event) => (event as unknown as Record<string, Cell>)[name] }));

export const COLUMNS: readonly Column[] = [
  ...ofBatch('time', 'received_at'),
  ...ofEvent('time', 'timestamp'),
  ...ofBatch('text', 'site', 'session_id', 'visitor_id', 'user_id'),
  { name: 'batch', type: 'text', get: batchName },
  ...ofEvent('text', 'event_id', 'event_type', 'name', 'conversion_type'),
  ...ofEvent('number', 'value'),
  ...ofEvent('text', 'currency'),
  ...ofEvent('integer', 'nth', 'nth_of_type'),
  { name: 'page', type: 'text', get: (_, { page_url }) => page_url && toPage(page_url) },
  ...ofEvent('text', 'page_url', 'page_title'),
  ...ofEvent('integer', 'view'),
  ...ofEvent('text', 'from_page'),
  ...ofEvent('flag', 'first_on_page'),
  ...ofEvent('integer', 'gap_ms', 'engaged_ms'),
  ...ofEvent('number', 'scroll_pct'),
  ...ofEvent('text', 'element_tag', 'element_id', 'element_class', 'element_text', 'href'),
  { name: 'props', type: 'text', get: (_, { props }) => props && JSON.stringify(props) },
  ...ofEvent('text', 'clock'),
  ...ofEvent('number', 'claimed_timestamp'),
  ...ofEvent('flag', 'delayed'),
  ...ofBatch('flag', 'bot'),
  ...ofBatch('text', 'entry_page', 'referrer', 'source', 'channel', 'click_id'),
  ...(['source', 'medium', 'campaign', 'term', 'content'] as const).map(
    (name): Column => ({ name: `utm_${name}`, type: 'text', get: ({ utm }) => utm?.[name] }),
  ),
  ...ofBatch(
    'text',
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
    'location_source',
    'release',
  ),
  ...ofBatch('number', 'sent_at'),
  ...ofEvent('flag', 'engaged'),
  ...ofBatch('text', 'bot_name', 'bot_operator', 'bot_category', 'bot_reason'),
];
