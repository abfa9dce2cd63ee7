/** A stored event as the event stream shows it. */
import type { StreamEvent } from '@liveinsight/schema';
import type { StoredBatch, StoredEvent } from '../storage/event-store.js';
import { toPage } from './page-path.js';

type Source = Pick<StoredBatch, 'session_id' | 'received_at' | 'bot'>;

export function streamEvent(event: StoredEvent, { session_id, received_at, bot }: Source): StreamEvent {
  return {
    ...event,
    session_id,
    page: toPage(event.page_url),
    received_at: new Date(received_at).toISOString(),
    ...(bot ? { bot } : {}),
  };
}
