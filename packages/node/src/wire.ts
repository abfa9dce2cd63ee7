/** A batch as it travels; a type test holds it against the schema's own types. */
import type { ServerEvent } from './events.js';

export type WireEvent = ServerEvent & { event_id: string; timestamp: number };

/** What the events of a batch share. */
export interface Sender {
  site: string;
  session?: { session_id: string };
  visitor_id?: string;
  user_id?: string;
}

export interface WireBatch extends Sender {
  v: 1;
  /** Nothing is to be told from the request's address and user agent. */
  server: true;
  batch: string;
  sent_at?: number;
  dropped?: Record<string, number>;
  events: WireEvent[];
}
