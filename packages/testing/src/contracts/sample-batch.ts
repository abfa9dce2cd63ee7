/** Batches as ingest hands them to a store, for tests. */
import type { NewBatch, StoredEvent } from '@liveinsight/collector';

/** A page view with that id. */
export function sampleEvent(event_id: string): StoredEvent {
  return {
    event_id,
    event_type: 'page_view',
    timestamp: 1_763_680_000_000,
    page_url: 'https://shop.example/products/1?ref=mail',
    page_title: 'Größe, 価格 & more',
    view: 1,
    first_on_page: true,
  };
}

/** A batch of page views with those ids, named after the first. */
export function sampleBatch(eventIds: string[], more: Partial<NewBatch> = {}): NewBatch {
  return {
    site: 'shop',
    session_id: 'session-1',
    visitor_id: 'visitor-1',
    batch: eventIds[0] ?? 'empty',
    events: eventIds.map(sampleEvent),
    retention_days: 30,
    shardAt: () => 0,
    ...more,
  };
}
