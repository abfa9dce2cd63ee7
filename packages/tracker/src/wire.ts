/** The batch as this package builds it; a type test holds it against the schema's own types. */
import type { TrackedEvent } from './options.js';

export type Utm = Record<string, string | undefined>;

export interface WireSession {
  session_id: string;
  entry_page: string;
  referrer: string | undefined;
  utm: Utm;
}

export interface WireContext {
  language: string;
  screen: string;
  timezone: string;
  touch_points: number;
  webdriver?: boolean;
}

export type Dropped = Record<string, number>;

export interface Sender {
  session: WireSession;
  context: WireContext;
  visitor_id?: string | undefined;
  user_id?: string | undefined;
}

export interface WireBatch extends Sender {
  v: 1;
  site: string;
  batch: string;
  release?: string | undefined;
  /** The fragments of pages are routes, whatever they are called. */
  hash_routes?: boolean;
  sent_at: number;
  dropped?: Dropped | undefined;
  events: TrackedEvent[];
}

/** A page's batches by key; null while in flight. */
export type Batches = Record<string, WireBatch | null | 0 | undefined>;
