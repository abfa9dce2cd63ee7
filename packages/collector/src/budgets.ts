/**
 * What visitors can make the collector hold, in bytes unless a name says otherwise. Everything that keeps, reads or
 * writes visitors' data takes its limit from here, so that what anyone may send never decides how much memory the host
 * process needs. What exceeds a budget is counted under a reason (`(other)`, `truncated`, `dropped.…`), never lost silently.
 */
const KB = 1_024;
const MB = 1_024 * KB;

/** Contexts that the SQLite store remembers, in characters, once by text and once by number: visitors choose their referrers. */
export const MAX_CONTEXT_CACHE_CHARS = 4 * MB;
/** Batches that the SQLite store writes in one transaction, in bytes: what the write-ahead log grows by at once. */
export const MAX_COMMIT_BYTES = 2 * MB;
/** Stored bytes that a page of the SQLite store's log reads before it ends, as one of DynamoDB does. */
export const MAX_LOG_PAGE_STORED_BYTES = MB;

/** Characters of a value that becomes a key of the numbers, after percent-encoding: one non-Latin letter of a path takes nine. */
export const MAX_KEY_CHARS = 512;

/** JSON text of one stored batch. A request body has at most 256 KB; what the server adds to its events takes the rest. */
export const MAX_STORED_BATCH_BYTES = 512 * KB;
/** JSON text of a page of the log, once inflated: a page of 1 MB at rest can hold a thousand times as much. */
export const MAX_LOG_PAGE_BYTES = 4 * MB;

/** JSON text of the raw events that one question or one round of alerts holds. */
export const MAX_READ_BYTES = 48 * MB;
/** JSON text of the log after the newest hour that is rolled up, which a query aggregates by itself. Beyond it, the response is as of an earlier time. */
export const MAX_TAIL_BYTES = 16 * MB;
/** JSON text of a session that is read whole. */
export const MAX_SESSION_BYTES = 16 * MB;

/** All rows of one rollup in memory. Above it, the lightest values are counted as `(other)`. */
export const MAX_ROW_SET_BYTES = 8 * MB;
/** What a row takes in memory besides its key: eleven counters and their place in a map. */
export const ROW_BYTES = 200;
/** Currencies of one rollup besides those that are taken today, so that invented ones cannot displace real ones. Amounts in further ones are dropped; their conversions count. */
export const MAX_UNLISTED_CURRENCIES = 32;
/** Events, of bots too, of a shard and day that is closed from its log. To count each batch once, 16 bytes of it are remembered. A day with more is made of its hours. */
export const MAX_DAY_EVENTS = 5_000_000;

/** What an encoded state may weigh. */
export interface StateBudget {
  /** As it is stored. A DynamoDB item has at most 400 KB, keys included. */
  stored: number;
  /** Once inflated: what each question that reads it has to parse. */
  inflated: number;
}
/** Hours are read by the hundred, so they are smaller. */
export const HOUR_STATE: StateBudget = { stored: 256 * KB, inflated: MB };
/** Of days and months, for each of the two parts that they are stored in. */
export const DAY_STATE: StateBudget = { stored: 371 * KB, inflated: 4 * MB };
/** What is inflated of any stored state; older versions have stored larger ones, whose last rows count as `(other)`. */
export const MAX_INFLATED_STATE_BYTES = 8 * MB;

/** Batches on their way into the store, as items. Above it, requests are answered with 503 and sent again later. */
export const MAX_WRITE_QUEUE_BYTES = 32 * MB;

/** Characters of one event in the live view. A larger one is shown without `props`, its texts cut, and marked `truncated`. */
export const MAX_LIVE_EVENT_CHARS = 4 * KB;
/** Arrivals that one site's live view keeps for readers that come back; they are encoded once for all readers. */
export const MAX_LIVE_ARRIVALS_BYTES = 4 * MB;
/** Active sessions of one site's live view: some 20,000. Beyond, the quietest are forgotten and the numbers are estimates. */
export const MAX_LIVE_SESSIONS_BYTES = 16 * MB;
/** Event ids by which one site's live view tells each event once, with their sessions: some 30 MB. */
export const MAX_LIVE_SEEN_EVENTS = 200_000;
/** What the live view makes of the log in one read, over all shards. Beyond, older arrivals are left out and the numbers are estimates. */
export const MAX_LIVE_READ_BYTES = 32 * MB;
/** Events in one response of `/api/realtime`: a Lambda response has at most 6 MB. */
export const MAX_LIVE_RESPONSE_BYTES = MB;
/** Messages that wait for one reader of `/api/live`. One that falls further behind is disconnected and comes back with its last id. */
export const MAX_LIVE_QUEUE_BYTES = 6 * MB;

/** Time zones whose clocks are remembered, and UTC days of each. A reader may ask for any of some 600; all 64 take 24 MB. */
export const MAX_CALENDARS = 64;
export const MAX_CALENDAR_DAYS = 8_000;
/** Names of time zones that are remembered, offsets as `+01:30` among them. */
export const MAX_ZONE_NAMES = 2_000;
/** Insert statements that are remembered: one for each set of attributes, and senders choose which of some 19 a batch has. */
export const MAX_STATEMENTS_BYTES = 512 * KB;

/** Readers of `/api/live` by one key: as many dashboards as a company has open. */
export const MAX_LIVE_READERS_PER_KEY = 250;
/** Readers of `/api/live` at one process: each costs a connection, and each arrival a write to all. */
export const MAX_LIVE_READERS = 1_000;

/**
 * A reply of raw data where the platform can't stream: it ends with the page that reaches this. Lambda takes 6 MB, and as
 * JSON a body of JSON grows by a third.
 */
export const EXPORT_PART_BYTES = 1.5 * MB;
/** Batches in a page of such a reply, each of at most `MAX_STORED_BATCH_BYTES`: the last one goes beyond the part. */
export const EXPORT_PART_PAGE_BATCHES = 4;
/** Events of one session's timeline in one reply, as JSON; the rest is behind its cursor. */
export const MAX_TIMELINE_BYTES = 2 * MB;

/** Sessions that one answer of a sorted list reads whole, and batches that it looks at to find them. An order is over these; what is beyond is behind its cursor. */
export const MAX_SORTED_SESSIONS = 2_000;
export const MAX_SORTED_BATCHES = 20_000;

/** Reasons for which events were not taken, as they are counted in memory by 5 minutes; and of one of these. Beyond, the oldest are forgotten, and in one counted as `(other)`. */
export const MAX_REJECTION_ROWS = 5_000;
export const MAX_REJECTION_ROWS_AT_ONCE = 500;

/** Batches of the log, the newest, whose ids one search for sessions looks at: columns have only the hashes of ids. */
export const MAX_SEARCHED_BATCHES = 5_000;

/** Sessions that a list puts in order, some 200 bytes each. What is beyond is left out, which a note says. */
export const MAX_LISTED_SESSIONS = 300_000;

/** Settings of a kind that a site can have: all are shown at once, and rules for what is left out are all matched with each request. */
export const MAX_SETTINGS = 200;

/** Pages whose group one question remembers, so that rules are not compared with each of them in each chunk again. */
export const MAX_GROUPED_PAGES = 20_000;

/** Sites that a collector takes besides those listed, where it takes any. */
export const MAX_UNLISTED_SITES = 100;

/** Items of one session that its events are numbered by. Events without ordinals of a longer one stay without: its sessions are counted by their ids. */
export const MAX_NUMBERED_ITEMS = 1_000;
/**
 * JSON text of those items, once inflated. Each batch without ordinals may cost a read of its session, so this is also what
 * one small batch can make an aggregation read: about as much work as it took to receive it. A visit of an hour has a tenth of it.
 */
export const MAX_NUMBERED_SESSION_BYTES = 256 * KB;
/** What numbering needs of all sessions that were numbered lately, kept so that a question asked again does not read them again. */
export const MAX_NUMBERED_BYTES = 8 * MB;

/** What one shard's running aggregate of its newest arrivals takes: rows, sketches and buckets. Beyond, new values count as `(other)` until their hour is stored. */
export const MAX_TAIL_ROW_BYTES = 16 * MB;
/** The same of all sites of a process; those that nobody has asked about for longest are dropped first. */
export const MAX_TAILS_BYTES = 64 * MB;
/** The same where a process is a function's, which has less memory. */
export const MAX_TAILS_BYTES_OF_FUNCTION = 24 * MB;
/** What a bucket of it takes besides its rows: maps of some twenty dimensions, and two sketches. */
export const TAIL_BUCKET_BYTES = 10 * KB;
/** Events of one shard's newest arrivals by column, for queries that rollups do not answer: some 250,000. Beyond, the oldest are read from the log by each query. */
export const MAX_TAIL_EVENT_BYTES = 16 * MB;
/** The same where a process is a function's. */
export const MAX_TAIL_EVENT_BYTES_OF_FUNCTION = 4 * MB;
/** JSON text of the newest of them that is not made columns yet. */
export const TAIL_PENDING_CHARS = 256 * KB;
/** Events of one of their chunks, above which it is not merged with others: that takes some 50 ms. */
export const TAIL_ROWS_CHUNK_EVENTS = 10_000;
/** Buckets of one shard: some 40 hours of arrivals that no roll-up has taken over. Beyond, its numbers are as of an earlier time. */
export const MAX_TAIL_BUCKETS = 512;
/** Characters of the requests whose batches this process has stored and that wait to be added to one site's aggregate. Beyond, they are read from the log. */
export const MAX_ANNOUNCED_CHARS = 2 * MB;

/** Values of one dictionary of a chunk of columns, of which each row has a code of 16 bits. Beyond, the lightest half counts as `(other)`. */
export const MAX_DICTIONARY_VALUES = 16_384;
/** All dictionaries of one chunk in memory. Beyond, the lightest half of the largest one counts as `(other)`. */
export const MAX_CHUNK_TEXT_BYTES = 24 * MB;
/** What a value of a dictionary takes besides its characters: its place in a list and in a map. */
export const DICTIONARY_VALUE_BYTES = 100;
/** Keys that the properties of a chunk's events can have. Beyond, the half that fewest events have is left out. */
export const MAX_PROPERTY_KEYS = 200;
/** Properties of one event in a chunk: more are in the log alone. */
export const MAX_EVENT_PROPERTIES = 16;
/** Characters of a property's value in a chunk: enough to tell values apart, too little for a text. */
export const MAX_PROPERTY_CHARS = 128;
/** Properties of all events of a chunk, some 14 bytes each in memory. */
export const MAX_CHUNK_PROPERTIES = 4_000_000;

/** Visitors of all rows of one question, as pairs of both; and the same of sessions. Beyond, a part of them is counted and multiplied. */
export const MAX_ROW_DISTINCT_BYTES = 24 * MB;
/** What the sessions of one question did, some 80 bytes each, for rows of single events. Beyond, the same. */
export const MAX_SESSION_SUM_BYTES = 24 * MB;
/** Rows of one question whose visitors, sessions and revenue are counted. Of further ones they are not known. */
export const MAX_ROW_FACTS = 200_000;

/** Stored columns are in parts of at most so many bytes: a DynamoDB item has at most 400 KB, keys included. */
export const MAX_PART_BYTES = 350 * KB;
/** What a part is once inflated: parts of more are none that was written here. */
export const MAX_PART_RAW_BYTES = 4 * MB;
/** A segment whose columns are smaller than this is stored in one part. */
export const MAX_SINGLE_PART_RAW_BYTES = 64 * KB;
/** A day of more events than this is stored in slices by visitor, each of at most about so many. */
export const SLICE_EVENTS = 50_000;
/** The same of a day that is stored in several pieces: a site with such days has so many events that a sample reads few of them. */
export const PIECE_SLICE_EVENTS = 16_000;
/** Slices of one day: a sample is of so many of 128 visitors. */
export const MAX_SLICES = 128;
/** Events of one segment: of a busy day, each hour has its own. */
export const MAX_SEGMENT_EVENTS = 2_000_000;
/** Events of a shard and day whose columns are built in memory at a time, some 50 MB: a larger day is stored in several pieces. */
export const MAX_COLUMN_DAY_EVENTS = 250_000;
/** The same of a day that is aggregated along with its hours, whose columns are in one piece: some 150 MB. A larger one is read when it is closed. */
export const MAX_INLINE_COLUMN_EVENTS = 1_000_000;
/** Write units that segments of one shard take in a second. A partition has 1,000, and the log and the numbers need theirs. */
export const SEGMENT_UNITS_PER_SECOND = 400;
/** Units that are used at once where none were for a while: two segments of a day of 40,000 events. */
export const SEGMENT_BURST_UNITS = 600;
/** Stored bytes of the segments that one question reads, over all shards: what is beyond is left out, the oldest days first. */
export const MAX_SEGMENT_READ_BYTES = 64 * MB;
/** Stored bytes of the segments that a sample is made of, where all are more than a question reads: some five million events, which take about a second. */
export const MAX_SAMPLE_READ_BYTES = 24 * MB;
/** The same where a process is a function's, which has less memory. */
export const MAX_SEGMENT_READ_BYTES_OF_FUNCTION = 24 * MB;
/** Decoded segments that a process keeps for further questions. */
export const MAX_SEGMENT_CACHE_BYTES = 64 * MB;
/** The same where a process is a function's. */
export const MAX_SEGMENT_CACHE_BYTES_OF_FUNCTION = 16 * MB;
/** Days whose columns one round looks for and does not find in the log any more, or cannot write, before it leaves the rest to the next. */
export const MAX_COLUMN_DAYS_TRIED = 3;
/** Numbers of which one question makes exact percentiles, 12 bytes each. Beyond, they are of a sample of so many. */
export const MAX_EXACT_NUMBERS = 2_000_000;
/** Values of one property that are told apart where properties are listed. A key with more is as an id: of no use as a breakdown. */
export const MAX_LISTED_VALUES = 500;
/** Values of one property in a breakdown, if fewer than two events have each on average: more are like ids, and count in one row. */
export const MAX_VALUES_OF_FEW_EVENTS = 1_000;
/** Visitors that one report remembers, of whom each takes some 50 bytes. Beyond, it is of a part of all visitors, which a note says. */
export const MAX_SCANNED_VISITORS = 1_000_000;
/** Values that are told apart as variants of an experiment; further ones count as `(other)`. */
export const MAX_EXPERIMENT_VARIANTS = 1_000;
/** Reports of web vitals that one question holds to find the last ones of each page load, some 100 bytes each. Beyond, it is of a part of all sessions, which a note says. */
export const MAX_VITAL_REPORTS = 500_000;
/** Groups of events that one report tells apart, as links, searches and errors. Further ones count as `(other)`. */
export const MAX_REPORT_GROUPS = 20_000;
/** Pages and releases of all these groups, some 100 bytes each. Further ones count as `(other)`. */
export const MAX_GROUP_PAGES = 200_000;
/** Groups of errors for which a stack is read from the log. */
export const MAX_ERROR_STACKS = 20;
/** Conversions that attribution holds, some 200 bytes each. Beyond, it is of a part of all visitors, which a note says. */
export const MAX_ATTRIBUTED_CONVERSIONS = 200_000;
/** Sessions of those who converted, some 150 bytes each; beyond, the same. */
export const MAX_TOUCHES = 300_000;

/** Of decoded records of a location database, some 2,000 places: a site's visitors are mostly from fewer. */
export const MAX_KNOWN_RECORD_BYTES = 4 * MB;
