/** Every field of a batch comes through the store, an export and an import: one that is added to it is added to all of them. */
import { parseImportLine } from '@liveinsight/schema';
import { expect, it } from 'vitest';
import { COLUMNS } from '../../src/raw-data/columns.js';
import { exportLine } from '../../src/raw-data/export-line.js';
import { importBatch } from '../../src/raw-data/import-batch.js';
import { createSites } from '../../src/sites/site-registry.js';
import { addFields, sharedContext } from '../../src/storage/dynamodb/shared-context.js';
import type { BatchFields, NewBatch, StoredBatch } from '../../src/storage/event-store.js';

/** What names a batch: an item's own attributes. */
type Names = Pick<BatchFields, 'site' | 'session_id' | 'visitor_id' | 'user_id'>;

const NAMES: Required<Names> = { site: 'shop', session_id: 's', visitor_id: 'v', user_id: 'u' };
const RECEIVED_AT = Date.UTC(2026, 0, 5);

/** With a value for each: the compiler says which one is missing. */
const FIELDS: Required<Omit<BatchFields, keyof Names>> = {
  sent_at: RECEIVED_AT - 1_000,
  entry_page: '/a',
  referrer: 'https://news.example/',
  utm: { source: 'news', medium: 'email', campaign: 'spring', term: 'tea', content: 'top' },
  source: 'news',
  channel: 'email',
  click_id: 'gclid',
  release: '2.1.0',
  language: 'ko',
  screen: '1920x1080',
  viewport: '1200x800',
  timezone: 'Asia/Seoul',
  browser: 'Chrome',
  os: 'Windows',
  device: 'desktop',
  country: 'KR',
  region: 'Seoul',
  city: 'Seoul',
  location_source: 'header',
  bot: true,
  bot_name: 'GPTBot',
  bot_operator: 'OpenAI',
  bot_category: 'ai_crawler',
  bot_reason: 'user_agent',
  dropped: { queue_full: 2 },
};
const stored: StoredBatch = {
  ...NAMES,
  ...FIELDS,
  batch: 'b',
  received_at: RECEIVED_AT,
  expires_at: RECEIVED_AT / 1_000 + 86_400,
  events: [
    { event_id: 'b', event_type: 'page_view', timestamp: RECEIVED_AT, page_url: 'https://shop.example/a' },
  ],
};

it('is stored, and read as it was', () => {
  const batch: NewBatch = { ...stored, retention_days: 1, shardAt: () => 0 };
  const context = sharedContext(batch, 1);
  const read = {};
  addFields(read as StoredBatch, (name) => context[name]);
  expect(read).toEqual(FIELDS);
});

it('is exported, and imported as it was', () => {
  const site = createSites({ sites: [{ id: 'shop' }] }).get('shop');
  const line = parseImportLine(JSON.stringify(exportLine(stored)), { newId: () => 'new' });
  if (!line.ok || !site) throw new Error('no line of an import');
  expect(importBatch(line, site, Buffer.alloc(32))).toMatchObject({ ...NAMES, ...FIELDS });
});

it('has a column in CSV and Parquet, but for what the client gave up', () => {
  const { utm, dropped: _, ...fields } = FIELDS;
  const names = [...Object.keys({ ...NAMES, ...fields }), ...Object.keys(utm).map((name) => `utm_${name}`)];
  const columns = COLUMNS.map(({ name }) => name);
  expect(names.filter((name) => !columns.includes(name))).toEqual([]);
});
