/** A stored item as it is told of: by this process when it has stored it, or by the index when another has. */
import type { StoredBatch } from './event-store.js';

export type Arrival = Omit<StoredBatch, 'expires_at'>;
