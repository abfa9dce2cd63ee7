/** The port behind which batches are kept: what ingest, rollups and the read API ask of a database. */
import type { BotCategory, BotReason, Context, Event, LocationSource, Utm } from '@liveinsight/schema';
import type { RollupStore } from './rollup-store.js';
import type { SaltStore } from './salt-store.js';
import type { SettingsStore } from './settings-store.js';

/** An event as it is kept: `timestamp` is when it happened as far as can be known, in ms. */
export type StoredEvent = Event & {
  /** Present where the client's clock was off: `corrected` by its offset, or `replaced` by the arrival. */
  clock?: 'corrected' | 'replaced';
  /** What the client claimed, in ms, where `clock` is present. */
  claimed_timestamp?: number;
  /** Present and true where it arrived long after it happened: it counts when it arrived. */
  delayed?: true;
};

/** What is known of a batch besides its events; flat, so that it reads well as table attributes. */
export interface BatchFields {
  site: string;
  session_id: string;
  visitor_id: string;
  user_id?: string;
  /** The client's clock when it sent, in ms. */
  sent_at?: number;
  entry_page?: string;
  referrer?: string;
  utm?: Utm;
  /** Host or campaign that brought the session, as `google`; absent for direct visits. */
  source?: string;
  channel?: string;
  /** Which click id its first address had, as `gclid`: never its value. */
  click_id?: string;
  /** Version of the site or app, as its tracker says. */
  release?: string;
  language?: Context['language'];
  screen?: Context['screen'];
  viewport?: Context['viewport'];
  timezone?: Context['timezone'];
  browser?: string;
  os?: string;
  device?: string;
  /** ISO 3166-1 alpha-2. */
  country?: string;
  region?: string;
  city?: string;
  /** What said where it was; absent where no country is known, or it was stored before that was known. */
  location_source?: LocationSource;
  /** Present and true where a bot sent it: counted apart. */
  bot?: true;
  /** What it is called and whose it is, by a list; absent where that is not known. */
  bot_name?: string;
  bot_operator?: string;
  bot_category?: BotCategory;
  /** What said that it is one. */
  bot_reason?: BotReason;
  /** Events that the tracker gave up, by reason. */
  dropped?: Record<string, number>;
}

/** A batch to be stored. Its arrival is stamped by the store, again at every attempt to write. */
export interface NewBatch extends BatchFields {
  /** The batch's name for ever: events stored under it are never stored again. */
  batch: string;
  /** At least one, each `event_id` once. */
  events: StoredEvent[];
  /** Of an import: when it arrived in its time, in ms. Numbers count it there; it is kept from now on. */
  received_at?: number;
  /** Days after arrival that it is kept. */
  retention_days: number;
  /** The shard of the arrival index for an arrival at that time (ms). */
  shardAt: (arrivalMs: number) => number;
}

/** A stored item: a batch, or the part of one that an earlier item of the same name lacked. */
export interface StoredBatch extends BatchFields {
  /** The item's name: the batch's, with `#2` to `#16` behind it for later parts. */
  batch: string;
  /** When it was written, in ms by the store's clock: numbers count it here. */
  received_at: number;
  /** When it may be deleted, in s since 1970. */
  expires_at: number;
  events: StoredEvent[];
  /** Present and true, never stored, where a read for numbers met a session too long to be numbered. */
  unnumbered?: true;
}

/** A stored item that cannot be read: it is left out of what is read and counted, and reported. */
export interface UndecodableBatch extends Pick<StoredBatch, 'site' | 'session_id' | 'batch' | 'received_at'> {
  /** Why, as the decoder says it. */
  reason: string;
}

/** The item that a call has stored; there is none where all was stored before. */
export interface InsertedItem {
  /** The item's name, as `StoredBatch.batch`. */
  batch: string;
  received_at: number;
  event_ids: string[];
}

/** What became of one batch. */
export type AppendOutcome =
  /** Every event is stored under the batch's name, by this call or an earlier one, except those in `reused`. */
  | { kind: 'stored'; inserted?: InsertedItem; reused?: string[] }
  /** These events are not known to be stored: the same batch must be sent again. */
  | { kind: 'retry'; event_ids: string[]; cause: string }
  /** The name holds 16 items already: these events will never be stored under it; nor those in `reused`. */
  | { kind: 'batch_name_reused'; event_ids: string[]; reused?: string[] };

/** A stretch of one shard of the arrival index, within one UTC day. */
export interface ArrivalsQuery {
  site: string;
  /** UTC day, `2026-01-31`. */
  day: string;
  shard: number;
  /** First arrival wanted, in ms, inclusive. */
  from: number;
  /** Arrival to stop before, in ms. */
  to: number;
  /** Items in the page, at most. */
  limit: number;
  newestFirst?: boolean;
  /** Only what this visitor sent; `limit` then counts the items looked at. */
  visitor_id?: string;
  /**
   * Leaves out what it returns true for, before its events are decoded: what a reader has read already costs little to read
   * again. A store may ignore it. `limit` counts what is left out too.
   */
  skip?: (item: ArrivedItem) => boolean;
  /** Whether `skip` is expected to leave out nearly all: names can then be read first. A store may ignore it. */
  skipsMost?: boolean;
  /** Where the page before ended; rejects with a `InvalidCursorError` where that is none in this stretch. */
  after?: ArrivalsCursor;
}

/** What names a stored item of the log. */
export type ArrivedItem = Pick<StoredBatch, 'session_id' | 'batch' | 'received_at'>;

/** Opaque to all but the store that made it. */
export type ArrivalsCursor = string;

export interface ArrivalsPage {
  /** As many as a page of the log may weigh, which can be fewer than `limit` though there are more. */
  batches: StoredBatch[];
  /** What was left out because it cannot be read. Absent: nothing. */
  undecodable?: UndecodableBatch[];
  /** What the batches weigh as JSON text, where the store says it. */
  bytes?: number;
  /** Arrival (ms) of the last item looked at, one that was left out too; absent where there was none. */
  lastArrival?: number;
  /** Present where there is more. */
  next?: ArrivalsCursor;
  /** Read units that the store charged, where it says. */
  readUnits: number;
}

/** What was kept too long already, and is only waiting to be deleted, is left out of a read unless asked for. */
export interface ReadOptions {
  expired?: boolean;
}

/** A stored item without its content: what is needed to delete it. */
export interface SessionItem {
  /** Its name, as `StoredBatch.batch`. */
  batch: string;
  user_id?: string;
  received_at: number;
  /** How many events it holds; 0 where they cannot be read. */
  events: number;
}

export interface SessionItemsPage {
  items: SessionItem[];
  /** Present where there may be more: `after` of the next page. */
  next?: string;
}

export interface SessionReadOptions extends ReadOptions {
  /** Items read, at most: those of the last names, which are the newest where names are as the tracker makes them. */
  limit?: number;
}

export interface SessionPageOptions {
  /** Items in the page, at most. */
  limit: number;
  /** Name of the item that the page before ended with. */
  after?: string;
}

export interface SessionPage {
  batches: StoredBatch[];
  /** Present where there is more: what to go on behind. */
  next?: string;
}

/** Kept batches. All times are ms since 1970 unless a name says otherwise. */
export interface EventStore {
  /** Stores a batch so that each of its events is there once, whatever is sent again. Never throws for a fault of the store. */
  append(batch: NewBatch): Promise<AppendOutcome>;
  /** A page of what arrived, in order of arrival; may lag by a second or so. */
  arrivals(query: ArrivalsQuery): Promise<ArrivalsPage>;
  /** All of one session, in order of arrival, strongly consistent. */
  session(site: string, sessionId: string, options?: SessionReadOptions): Promise<StoredBatch[]>;
  /** Of one session so many items, in order of their names, behind the item of that name. Strongly consistent. */
  sessionPage(site: string, sessionId: string, page: SessionPageOptions): Promise<SessionPage>;
  /** Gives `visit` one batch of a session after the other, by name, until it returns false: for what needs little of each, however much they hold. `bytes` is its JSON text. */
  visitSession(
    site: string,
    sessionId: string,
    visit: (batch: StoredBatch, bytes: number) => boolean,
  ): Promise<void>;
  /** Every item of a session by name, a page at a time, expired and unreadable ones too; strongly consistent. */
  sessionItems(site: string, sessionId: string, after?: string): Promise<SessionItemsPage>;
  /** Sessions in which the user was identified; at most `limit`. */
  sessionsOfUser(site: string, userId: string, options?: ReadOptions & { limit?: number }): Promise<string[]>;
  /** Groups of sessions (`sessionGroup`) that have had events without ordinals since the beginning of a UTC day, and maybe from some time before. */
  unnumberedGroups(site: string, fromDay: string): Promise<Set<string>>;
  /** Deletes items of a session for good, by name (`StoredBatch.batch`). One that is not there is no error. */
  deleteBatches(site: string, sessionId: string, names: string[]): Promise<void>;
  /** Deletes what leads from a user to these sessions. */
  deleteLinks(site: string, userId: string, sessionIds: string[]): Promise<void>;
  /** Sites that had traffic on the UTC day. */
  activeSites(day: string): Promise<string[]>;
  /** Resolves when the store answers and its tables are there; else throws a `StoreUnavailableError` that names the cause and remedy. */
  ping(): Promise<void>;
  /** Waits for writes under way, then releases connections. Appends that follow are answered as `retry`. */
  close(): Promise<void>;
}

/** All that a collector keeps. */
export type Store = EventStore & RollupStore & SettingsStore & SaltStore;

/** An `after` that no page of the same stretch gave. */
export class InvalidCursorError extends Error {
  override name = 'InvalidCursorError';
}

/** The store can't be reached or used now. */
export class StoreUnavailableError extends Error {
  override name = 'StoreUnavailableError';
}
