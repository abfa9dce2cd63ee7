/**
 * What visitors can make the collector hold, in bytes unless a name says otherwise. Everything that keeps, reads or
 * writes visitors' data takes its limit from here, so that what anyone may send never decides how much memory the host
 * process needs. What exceeds a budget is counted under a reason (`(other)`, `truncated`, `dropped.…`), never lost silently.
 */
const KB = 1_024;
const MB = 1_024 * KB;

/** Characters of a value that becomes a key of the numbers, after percent-encoding: one non-Latin letter of a path takes nine. */
export const MAX_KEY_CHARS = 512;

/** JSON text of one stored batch. A request body has at most 256 KB; what the server adds to its events takes the rest. */
export const MAX_STORED_BATCH_BYTES = 512 * KB;
/** JSON text of a page of the log, once inflated: a page of 1 MB at rest can hold a thousand times as much. */
export const MAX_LOG_PAGE_BYTES = 4 * MB;

/** All rows of one rollup in memory. Above it, the lightest values are counted as `(other)`. */
export const MAX_ROW_SET_BYTES = 8 * MB;
/** What a row takes in memory besides its key: eleven counters and their place in a map. */
export const ROW_BYTES = 200;
/** Currencies of one rollup besides those that Unicode lists, so that invented ones cannot displace real ones. Amounts in further ones are dropped; their conversions count. */
export const MAX_UNLISTED_CURRENCIES = 32;
/** Events, of bots too, of a shard and day that is closed from its log: to count each once, 16 bytes of it are remembered. A day with more is made of its hours. */
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
