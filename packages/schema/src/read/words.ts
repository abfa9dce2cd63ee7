/** Words that the read API's answers have in common. */
import * as v from 'valibot';

export const described = <Schema extends v.GenericSchema>(schema: Schema, description: string) =>
  v.pipe(schema, v.description(description));

export const count = v.pipe(v.number(), v.integer(), v.minValue(0));
export const durationMs = v.pipe(v.number(), v.minValue(0));
export const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));

export const InstantSchema = v.pipe(
  v.string(),
  v.isoTimestamp(),
  v.description('An ISO 8601 instant in UTC, as `2026-01-31T09:00:00.000Z`.'),
);
/** An ISO 8601 instant in UTC, as `2026-01-31T09:00:00.000Z`. */
export type Instant = v.InferOutput<typeof InstantSchema>;

export const cursor = described(v.string(), 'Present where there is more: ask for it with `?cursor=`.');
export const searchedTo = described(
  InstantSchema,
  'The arrival back to which this page and those before it have looked; `from` at the end of the list.',
);
export const SampleInfoSchema = v.pipe(
  v.object({
    share: described(share, 'Of all visitors, 0 to 1: each number was divided by it.'),
    visitors: described(count, 'How many were looked at, about.'),
  }),
  v.description(
    'Present where there are more events than one response reads: numbers are estimates from a part of the visitors.',
  ),
);
/** Numbers are estimates from a part of the visitors. */
export type SampleInfo = v.InferOutput<typeof SampleInfoSchema>;
export const standardErrors = described(
  v.nullable(v.record(v.string(), v.nullable(v.pipe(v.number(), v.minValue(0))))),
  'How far estimates from a sample may be off, by number: within twice as much in 95 of 100 cases. Null where too few visitors are in the sample.',
);
/** What a report says of numbers that are estimates. */
export const sampleFields = { sample: v.exactOptional(SampleInfoSchema) };
export const errorFields = { standard_errors: v.exactOptional(described(standardErrors, 'With `sample`.')) };
const notes = described(v.array(v.string()), 'What was cut or is approximate, in words.');

/** What a note can be about. A list that grows: show the words of a code that you don't know. */
export const NOTE_CODES = [
  /** Older raw events have expired: only arrivals from `at` on are included. */
  'raw_events_expired',
  /** There are more raw events than one answer reads, `limit` batches or their budget in bytes: only what arrived from `at` on is in. */
  'raw_events_cut',
  /** Parts of the range are known by 5-minute totals alone. */
  'five_minute_totals',
  /** Before `at`, hours of the week use the site's own `timezone`. */
  'hours_of_site',
  /** `count` stored hours cannot be read, the first of them from `at` on. */
  'hours_unreadable',
  /** `count` rows are counted as `(other)`. Of reports that count events by value: `count` times a value is. */
  'values_as_other',
  /** Names were truncated, `count` times. */
  'names_truncated',
  /** `count` amounts in unknown currencies are not in the revenue. */
  'currencies_dropped',
  /** `count` stored batches cannot be read and are not counted. */
  'batches_undecodable',
  /** An import has added to `count` days of the range, the first of `at`, and is counted within minutes: until then not all numbers have it, and they may not add up. */
  'import_pending',
  /** `count` values of properties are not counted. */
  'properties_dropped',
  /** Visitors and sessions of rows are estimates, from one of `count` visitors. */
  'rows_estimated',
  /** There are more events than one answer reads: numbers are estimates from `count` visitors. */
  'sampled',
  /** Only `count` visitors are in the sample, of at least `limit`: too few to say anything. */
  'sample_too_small',
  /** In a sample each browser is a person of its own: sessions of the same user in another one get no credit. */
  'users_apart',
  /** Percentiles are estimates, from a sample of `count` numbers. */
  'percentiles_estimated',
  /** More arrived than one response reads: what arrived from `at` on, `count` seconds ago, is counted by later ones. */
  'newest_later',
  /** The page of a list ended early, for it looks at no more than `limit` batches: there may be more behind the cursor. */
  'page_ended_early',
  /** The order is over the `count` sessions found that were last seen from `at` on: older ones are behind the cursor, in an order of their own. */
  'order_of_part',
  /** Not all of the compared period is known: its totals and rows are null. What arrived from `at` on is known, where that is given. */
  'compared_incomplete',
  /** Rows that only the compared period has are left out: they can be among the `(other)` of the range. */
  'compared_rows_cut',
  /** A part of an id is looked for in what arrived from `at` on, `limit` batches: older sessions are found by the whole id of the session or user. */
  'ids_searched_from',
  /** A session is longer: only its newest `limit` batches are in. */
  'session_cut',
  /** These are the events `first` to `last` of `count`. */
  'timeline_part',
  /** At most `limit` batches are read: periods begin with `at`. */
  'weeks_cut',
  /** Older raw events have expired: periods begin with `at`. */
  'weeks_expired',
] as const;
export type NoteCode = (typeof NOTE_CODES)[number];

export const CodedNoteSchema = v.pipe(
  v.object({
    code: described(v.picklist(NOTE_CODES), 'What is cut or approximate, for programs: a list that grows.'),
    at: v.exactOptional(described(InstantSchema, 'The time it is about.')),
    count: v.exactOptional(described(count, 'How much it is about.')),
    limit: v.exactOptional(described(count, 'The limit that was reached.')),
    first: v.exactOptional(described(count, 'Number of the first event, from 1.')),
    last: v.exactOptional(described(count, 'Number of the last event.')),
    timezone: v.exactOptional(v.string()),
  }),
  v.description('A note by its code and values, in the same place as its words in `notes`.'),
);
/** A note by its code and values, in the same place as its words in `notes`. */
export type CodedNote = v.InferOutput<typeof CodedNoteSchema>;

/** What every answer may say of itself. */
export const noteFields = {
  notes: v.exactOptional(notes),
  note_codes: v.exactOptional(described(v.array(CodedNoteSchema), 'The same, note by note, for programs.')),
};

export const pageName = described(v.string(), 'A page: path, with the hash where that is a route.');
export const range = {
  site: v.string(),
  from: InstantSchema,
  to: InstantSchema,
  timezone: v.string(),
  as_of: described(
    InstantSchema,
    'The arrival up to which everything is counted: now, as a rule. Earlier where more arrived than one response reads; later responses go on there.',
  ),
  known_from: v.exactOptional(
    described(
      InstantSchema,
      'Present where less is known than asked for: numbers are of what arrived from then on.',
    ),
  ),
};

export const incomplete = described(
  v.literal(true),
  'Present where the numbers are of a part of the interval: the range begins or ends within it, it is not over, or the rest of it is not known.',
);
export const knownFrom = described(
  InstantSchema,
  'Present where less is known than asked for: numbers are of what arrived from then on, and null for intervals before.',
);
