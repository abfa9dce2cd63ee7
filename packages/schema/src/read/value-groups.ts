/** What the read API says of links, downloads, forms, searches, missing pages and errors. */
import * as v from 'valibot';
import {
  count,
  described,
  errorFields,
  InstantSchema,
  noteFields,
  pageName,
  range,
  sampleFields,
  standardErrors,
} from './words.js';

export const EventPageSchema = v.pipe(
  v.object({ page: pageName, events: count }),
  v.description('How many events came from a page.'),
);
/** How many events came from a page. */
export type EventPage = v.InferOutput<typeof EventPageSchema>;

const eventsError = v.exactOptional(described(standardErrors, 'With `sample`: of `events`.'));

/** What visitors do that is reported by value. */
export const ACTION_KINDS = ['links', 'downloads', 'forms', 'searches', 'not_found'] as const;
export type ActionKind = (typeof ACTION_KINDS)[number];

export const ActionRowSchema = v.pipe(
  v.object({
    value: described(
      v.string(),
      'Address of the link or file, the form, the text that was searched for, or the page that is missing; `(unknown)` where an event does not say.',
    ),
    events: count,
    sessions: count,
    visitors: count,
    ...errorFields,
    pages: described(
      v.array(EventPageSchema),
      'Where they came from, most events first, at most 5. Of a missing page: the page that links to it.',
    ),
  }),
  v.description('A value, and who sent it.'),
);
/** A value, and who sent it. */
export type ActionRow = v.InferOutput<typeof ActionRowSchema>;

export const ActionsDataSchema = v.pipe(
  v.object({
    ...range,
    ...sampleFields,
    kind: v.picklist(ACTION_KINDS),
    events: described(count, 'Of all rows, those that are not listed too.'),
    standard_errors: eventsError,
    rows: described(v.array(ActionRowSchema), 'Most events first.'),
    row_count: described(count, 'How many there are; `rows` has as many of them as `limit` allows.'),
    ...noteFields,
  }),
  v.description('Outbound links, downloads, forms, searches or missing pages, by value.'),
);
/** `GET /api/actions`: outbound links, downloads, forms, searches or missing pages, by value. */
export type ActionsData = v.InferOutput<typeof ActionsDataSchema>;

const seen = {
  first_seen: described(
    InstantSchema,
    'When the first one within the range happened. With `sample`, of those that were looked at: others may have been earlier.',
  ),
  last_seen: InstantSchema,
};

export const ErrorReleaseSchema = v.pipe(
  v.object({ release: v.string(), events: count, ...seen }),
  v.description('An error in one release.'),
);
/** An error in one release. */
export type ErrorRelease = v.InferOutput<typeof ErrorReleaseSchema>;

export const ErrorGroupSchema = v.pipe(
  v.object({
    message: described(v.string(), 'Its first 128 characters.'),
    place: described(
      v.nullable(v.string()),
      'Top frame of the stack, else file and line; null where neither is known.',
    ),
    ...seen,
    events: count,
    sessions: count,
    visitors: count,
    ...errorFields,
    releases: described(
      v.array(ErrorReleaseSchema),
      'Where the tracker has a release: the one that it was seen in first comes first, at most 20.',
    ),
    pages: described(v.array(EventPageSchema), 'Most events first, at most 5.'),
    stack: described(
      v.nullable(v.string()),
      'Of the newest one, as the browser wrote it. Null where it has none, where raw events have expired, and after the first 20 errors.',
    ),
  }),
  v.description('Errors with the same message that were thrown at the same place.'),
);
/** Errors with the same message that were thrown at the same place. */
export type ErrorGroup = v.InferOutput<typeof ErrorGroupSchema>;

export const ErrorsDataSchema = v.pipe(
  v.object({
    ...range,
    ...sampleFields,
    events: described(count, 'Of all errors, those that are not listed too.'),
    standard_errors: eventsError,
    errors: described(v.array(ErrorGroupSchema), 'Most events first.'),
    error_count: described(count, 'How many there are; `errors` has as many of them as `limit` allows.'),
    ...noteFields,
  }),
  v.description('Errors by message and place.'),
);
/** `GET /api/errors`: errors by message and place. */
export type ErrorsData = v.InferOutput<typeof ErrorsDataSchema>;
