/** What the routes of raw data answer. */
import * as v from 'valibot';
import { IssueSchema } from './issue.js';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const described = <Schema extends v.GenericSchema>(schema: Schema, description: string) =>
  v.pipe(schema, v.description(description));

export const RefusedLineSchema = v.pipe(
  v.object({
    line: described(count, 'Number of the line, from 1.'),
    index: v.exactOptional(
      described(count, 'Position of the event in the line’s `events`; absent where the whole line is meant.'),
    ),
    event_id: v.exactOptional(v.string()),
    ...IssueSchema.entries,
  }),
  v.description('A line, or an event of one, that will never be stored, and why.'),
);
/** A line, or an event of one, that will never be stored, and why. */
export type RefusedLine = v.InferOutput<typeof RefusedLineSchema>;

export const ImportDataSchema = v.pipe(
  v.object({
    lines: described(count, 'Lines that were read.'),
    accepted: described(count, 'Events that are stored now, whether by this import or before.'),
    refused: described(v.array(RefusedLineSchema), 'The first rejected lines.'),
    refused_more: v.exactOptional(described(count, 'How many more there were.')),
    retry: v.exactOptional(
      described(
        v.literal(true),
        'Present where the store failed: reading ended there. Send the same lines again after `Retry-After`.',
      ),
    ),
  }),
  v.description('What became of an import, line by line.'),
);
/** `POST /api/import`: what became of an import, line by line. */
export type ImportData = v.InferOutput<typeof ImportDataSchema>;

export const ErasureDataSchema = v.pipe(
  v.object({
    sessions: described(count, 'Sessions of which something was deleted.'),
    batches: described(count, 'Batches deleted.'),
    events: described(count, 'Events in them.'),
    cursor: v.exactOptional(
      v.pipe(
        v.string(),
        v.description(
          'Present where there is more to delete or to look at: an answer takes 20 seconds at most. Ask again with `?after=` of it.',
        ),
      ),
    ),
  }),
  v.description('What was deleted for good.'),
);
/** What was deleted for good. */
export type ErasureData = v.InferOutput<typeof ErasureDataSchema>;

export const RemovedValuesDataSchema = v.pipe(
  v.object({
    states: described(count, 'Hours, days and months whose numbers were changed.'),
    rows: described(count, 'Rows that were moved to `(other)`.'),
    cursor: v.exactOptional(
      described(v.string(), 'Present where there is more to look at: ask again with `?after=` of it.'),
    ),
  }),
  v.description('What was removed from the numbers.'),
);
/** `DELETE /api/values`: what was removed from the numbers. */
export type RemovedValuesData = v.InferOutput<typeof RemovedValuesDataSchema>;
