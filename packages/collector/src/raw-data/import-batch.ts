/** A line of an import as a batch to be stored: as it would have been ingested in its time, or as an export had it. Pure. */

import type { ParsedImportLine } from '@liveinsight/schema';
import { enrich } from '../ingest/enrich.js';
import { createShardPicker } from '../sites/sharding.js';
import type { ResolvedSite } from '../sites/site-registry.js';
import type { NewBatch, StoredEvent } from '../storage/event-store.js';
import { DAY_MS, MINUTE_MS } from '../time/ms.js';

const YEAR_2000_MS = Date.UTC(2000);
/** A day, and what the clocks of collector and store may differ by. */
const MAX_AHEAD_MS = DAY_MS + MINUTE_MS;

type Line = Extract<ParsedImportLine, { ok: true }>;

/** @param shardKey that the site's collector derives from its secret */
export function importBatch(
  { batch, fields, timings }: Line,
  site: ResolvedSite,
  shardKey: Buffer,
): NewBatch {
  const {
    received_at,
    channel,
    source,
    click_id,
    browser,
    os,
    device,
    country,
    region,
    city,
    location_source,
    bot = false,
    bot_name: name,
    bot_operator: operator,
    bot_category: category,
    bot_reason: reason,
  } = fields;
  const events = batch.events.map((event): StoredEvent => {
    const { clock, claimed_timestamp, delayed } = timings.get(event.event_id) ?? {};
    const storedEvent: StoredEvent = { ...event };
    if (clock) storedEvent.clock = clock;
    if (clock && claimed_timestamp !== undefined) storedEvent.claimed_timestamp = claimed_timestamp;
    if (delayed) storedEvent.delayed = delayed;
    return event.timestamp < YEAR_2000_MS || event.timestamp > received_at + MAX_AHEAD_MS
      ? { ...storedEvent, timestamp: received_at, clock: 'replaced', claimed_timestamp: event.timestamp }
      : storedEvent;
  });
  const enriched = enrich(batch, events, {
    site: site.id,
    origins: site.origins,
    // A session of nobody known counts as a visitor of its own, whenever it is imported.
    visitorId: batch.visitor_id ?? batch.session.session_id,
    agent: {
      ...(bot && {
        bot: {
          ...(name && { name }),
          ...(operator && { operator }),
          ...(category && { category }),
          ...(reason && { reason }),
        },
      }),
      ...(browser && { browser }),
      ...(os && { os }),
      ...(device && { device }),
    },
    location: {
      ...(country && { country }),
      ...(region && { region }),
      ...(city && { city }),
      ...(location_source && { location_source }),
    },
    retentionDays: site.retentionDays,
    shardAt: createShardPicker(site.shards, shardKey, batch.session.session_id),
  });
  if (channel !== undefined) {
    enriched.channel = channel;
    delete enriched.source;
    if (source) enriched.source = source;
  }
  if (click_id !== undefined) enriched.click_id = click_id;
  return { ...enriched, received_at };
}
