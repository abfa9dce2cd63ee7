/** What the page's visitor has agreed to. */
export type Consent = 'granted' | 'anonymous' | 'denied';

/** A value that JSON can carry. */
export type PropValue = string | number | boolean | null | PropValue[] | { [key: string]: PropValue };
/** What you add to an event of your own. At most 64 properties, 3 levels deep, texts of 1,024 characters. */
export type Props = { [key: string]: PropValue };

/** An event as it travels. `beforeSend` may change or add fields, but neither `event_id` nor `event_type`. */
export interface TrackedEvent {
  event_id: string;
  event_type: string;
  /** Milliseconds since 1970 by the visitor's clock. */
  timestamp: number;
  page_url?: string | undefined;
  props?: Props | undefined;
  [field: string]: unknown;
}

export interface TrackerOptions {
  /** Your site's public id: `[a-z0-9._-]{1,64}`. */
  site: string;
  /**
   * Where batches are posted. A relative URL is resolved once, when the tracker starts; from npm, against the page's address without
   * `<base>`. Default: `api/events` next to the script; from npm, `/api/events` on the page's origin.
   */
  endpoint?: string;
  /**
   * Consent until the visitor has chosen, by `consent()` on this page or an earlier one. `granted`: a random visitor id, a session
   * and the queue are in localStorage. `anonymous`: nothing is stored on the device. `denied`: nothing is stored and nothing is
   * sent. Do Not Track and Global Privacy Control make `granted` mean `anonymous`. Default `granted`.
   */
  consent?: Consent;
  /** Version of your site, such as `2.1.0` or a commit: sent with all events; the extended script adds it to errors. At most 100 characters. Default: none. */
  release?: string;
}

/** What the optional captures record. */
export type Capture = 'scroll' | 'outbound' | 'downloads' | 'forms' | 'rage' | 'vitals' | 'errors';

/** Options of the extended builds. */
export interface ExtendedOptions extends TrackerOptions {
  /** Which captures run, such as `scroll outbound`. Default: all. */
  capture?: string;
  /** Whether clicks are recorded. Default `true`. */
  clicks?: boolean;
  /**
   * Treats each `#hash` as a page, without what follows a `?` in it, and except fragments with values such as `#access_token=…`. Batches
   * are marked with `hash_routes`; otherwise the collector stores only fragments that begin with `#/` or `#!`. Default `false`.
   */
  hash?: boolean;
  /** Milliseconds that page views and conversions wait to be batched. Default 500. */
  viewFlushAfterMs?: number;
  /**
   * Milliseconds that other events wait, at most 60,000; leaving or hiding the page sends everything. Default 5,000; 60,000 for stored clicks
   * on pages that are loaded one by one.
   */
  flushAfterMs?: number;
  /** Number of events that fill a batch, 1 to 50; a full batch is sent. Default 50. */
  flushAtEvents?: number;
  /** Characters of JSON from which a batch is full. Four batches of 12,000, each with one event more, fit into the 64 KiB that browsers let a page have in flight when it is left. Default 12,000. */
  flushAtChars?: number;
  /** Share of sessions that are recorded, 0 to 1, each completely or not at all. Default 1. */
  sampleRate?: number;
  /** Records nothing on localhost. Default `false`. */
  excludeLocalhost?: boolean;
  /** Milliseconds between heartbeats while the page is visible and focused. Default 0: none. */
  heartbeatMs?: number;
  /** One session and visitor over all subdomains of this domain, such as `example.com`, through a cookie. Default: each origin has its own. */
  cookieDomain?: string;
  /**
   * A function (text, kind) that returns the text to record instead; the kind is `path`, `title` or `text` (of an element). Default: none.
   */
  redact?: (text: string, what: 'path' | 'title' | 'text') => string;
  /**
   * A function (event, session id) that returns the event, changed or not, or nothing to drop it. If it throws, the event is dropped and
   * counted. It is called again for a view whose title or path has changed. Default: none.
   */
  beforeSend?: (event: TrackedEvent, sessionId: string) => TrackedEvent | null | undefined | false;
}

export interface ConversionDetails {
  /** Money in units of `currency`. */
  value?: number;
  /** ISO 4217, as `EUR`. */
  currency?: string;
  props?: Props;
}

/** Events of any name, with any properties. */
export type EventMap = { [name: string]: Props | undefined };

/** Names of your own events and the properties each carries: an interface or a type. */
export type EventsOf<Events> = { [Name in keyof Events]: object | undefined };

/** What `track` takes beside the name: nothing is asked for where no property is required. */
type PropsOf<Properties> = undefined extends Properties
  ? [props?: Properties]
  : object extends Properties
    ? [props?: Properties]
    : [props: Properties];

export interface Tracker<Events extends EventsOf<Events> = EventMap> {
  /** Records an event of your own. */
  track<Name extends keyof Events & string>(name: Name, ...props: PropsOf<Events[Name]>): void;
  /** Records a conversion. */
  conversion(type: string, details?: ConversionDetails): void;
  /** Names the person behind the coming events; without an id they are nameless again. */
  identify(userId?: string | null): void;
  /** Counts a view of the current page, for routers that change no URL. */
  page(): void;
  /** Changes what applies from now on. Of the choice one word is remembered; unless it is `granted`, all else that is stored is deleted. */
  consent(consent: Consent): void;
}
