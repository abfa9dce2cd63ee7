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
  /** Where batches are posted. Default: `/api/events` on the page's origin (npm), or `api/events` beside the script (script tag). */
  endpoint?: string;
  /**
   * What applies until `consent()` is called, on this page or an earlier one. `granted` (default): a random visitor id, a session
   * and the queue are in localStorage. `anonymous`: nothing is stored on the device. `denied`: nothing is stored and nothing is
   * sent. Do Not Track and Global Privacy Control make `granted` mean `anonymous`.
   */
  consent?: Consent;
  /** Version of your site, as `2.1.0` or a commit: sent with all events. At most 100 characters. */
  release?: string;
}

/** What the optional captures record. */
export type Capture = 'scroll' | 'outbound' | 'downloads' | 'forms' | 'rage' | 'vitals' | 'errors';

/** Options of the extended builds. */
export interface ExtendedOptions extends TrackerOptions {
  /** What to record beside views and clicks, as `scroll outbound`. Default: all. */
  capture?: string;
  /** Record clicks. Default: true. */
  clicks?: boolean;
  /** Count a changed `#hash` as another page. Default: false. */
  hash?: boolean;
  /** Milliseconds that page views and conversions may wait for company. Default: 500. */
  viewFlushAfterMs?: number;
  /** Milliseconds that all other events may wait. Default: 5,000. Leaving or hiding the page sends everything at once. */
  flushAfterMs?: number;
  /** Events that fill a batch, 1 to 50; a full one leaves at once. Default: 50. */
  flushAtEvents?: number;
  /** Characters of JSON that fill a batch. Default: 15,000, of which four fit into the 64 KiB that browsers let a page have in flight when it is left. */
  flushAtChars?: number;
  /** Share of sessions to record, 0 to 1. Default: 1. A session is recorded whole or not at all. */
  sampleRate?: number;
  /** Record nothing on localhost. Default: false. */
  excludeLocalhost?: boolean;
  /** Milliseconds between heartbeats while the page is visible; 0 sends none. Default: 0. */
  heartbeatMs?: number;
  /** Domain whose subdomains share one session and visitor, by a cookie, as `example.com`. Default: each origin has its own. */
  cookieDomain?: string;
  /**
   * Changes paths, titles and texts of elements before anything is recorded of them. With the script tag: `liveinsight.redact`, or
   * `data-redact` with the name of a function.
   */
  redact?: (text: string, what: 'path' | 'title' | 'text') => string;
  /** Sees each event before it is queued: return it, changed or not, or nothing to drop it. Where it throws, the event is dropped. */
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
