/**
 * Every limit of the wire format, with its unit in its name. What exceeds one is rejected with an issue that names it.
 * Characters are Unicode code points: never more than a string's `length`, which may be used to cut.
 */

/** Bytes of a request body as it travels (compressed or not). */
export const MAX_BODY_BYTES = 262_144;
/** Bytes of a request body once decompressed. Keeps a batch well under DynamoDB's 400 KB item. */
export const MAX_DECODED_BODY_BYTES = 262_144;
/** Events in one batch. */
export const MAX_EVENTS_PER_BATCH = 50;

/** Characters of a session, event, batch or visitor id: `[A-Za-z0-9._-]`. */
export const MAX_ID_CHARS = 64;
/** Characters of a site id: `[a-z0-9._-]`. */
export const MAX_SITE_CHARS = 64;
/** Characters of a `user_id`, any text. */
export const MAX_USER_ID_CHARS = 128;
/** Characters of a URL (`page_url`, `referrer`, `href`) or of a page (`entry_page`, `from_page`). */
export const MAX_URL_CHARS = 2_048;
/** Characters of a page title. */
export const MAX_TITLE_CHARS = 300;
/** Characters of a name: custom event, conversion type, UTM value, property name, drop reason. */
export const MAX_NAME_CHARS = 100;
/** Characters of each of an element's tag, id, class and text. */
export const MAX_ELEMENT_CHARS = 200;
/** Characters of a context field: language, screen, viewport, time zone. */
export const MAX_CONTEXT_CHARS = 64;
/** Touches of a screen, `touch_points`: real ones tell at most 10 or 20 apart. */
export const MAX_TOUCH_POINTS = 255;

/** Properties and list items of one event's `props`, counted over all levels. */
export const MAX_PROPS = 64;
/** Levels of objects and lists in `props`: 1 is a flat object. */
export const MAX_PROPS_DEPTH = 3;
/** Characters of a text in `props`. */
export const MAX_PROP_CHARS = 1_024;
/** Largest conversion `value`, in currency units, either sign: in micro-units it is still an exact integer. */
export const MAX_VALUE = 9_000_000_000;
/** Reasons in `dropped`. */
export const MAX_DROP_REASONS = 16;
/** Events given up for one reason in `dropped`. */
export const MAX_DROPPED_EVENTS = 1_000_000_000;
/** Largest ordinal: `view`, `nth`, `nth_of_type`. */
export const MAX_ORDINAL = 1_000_000;

/** Milliseconds of inactivity that end a session, and the most that `gap_ms` can say. */
export const SESSION_TIMEOUT_MS = 1_800_000;
/** Milliseconds that `engaged_ms` can say at most: one day. */
export const MAX_ENGAGED_MS = 86_400_000;
/** Milliseconds an event may have waited on the device; older ones are rejected as `event_too_old`. */
export const MAX_EVENT_AGE_MS = 604_800_000;

/** Times from `FIRST_SECOND_TIMESTAMP` until this are seconds, all others milliseconds (1e11 s is the year 5138). */
export const FIRST_MILLISECOND_TIMESTAMP = 100_000_000_000;
/** Seconds since 1970 of the year 2000: a lower number is the milliseconds of a clock that began at 1970. */
export const FIRST_SECOND_TIMESTAMP = 946_684_800;

/** Milliseconds before or after 1970 that a time can say: the range of JavaScript's `Date`. */
export const MAX_TIME_MS = 8_640_000_000_000_000;

/** Issues named when a complete request is rejected; there may be more. */
export const MAX_ISSUES = 10;
/** Characters of an issue's path. Longer ones are cut. */
export const MAX_ISSUE_PATH_CHARS = 200;
