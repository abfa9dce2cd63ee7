/** Words that the read API's answers have in common. */
import * as v from 'valibot';

export const said = <Schema extends v.GenericSchema>(schema: Schema, description: string) =>
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

export const cursor = said(v.string(), 'Present where there is more: ask for it with `?cursor=`.');
export const searchedTo = said(
  InstantSchema,
  'The arrival back to which this page and those before it have looked; `from` at the end of the list.',
);
export const notes = said(v.array(v.string()), 'What was cut or is approximate, in words.');

export const pageName = said(v.string(), 'A page: path, with the hash where that is a route.');
export const range = {
  site: v.string(),
  from: InstantSchema,
  to: InstantSchema,
  timezone: v.string(),
  as_of: said(InstantSchema, 'The arrival up to which everything is counted.'),
  known_from: v.exactOptional(
    said(
      InstantSchema,
      'Present where less is known than asked for: numbers are of what arrived from then on.',
    ),
  ),
};

export const incomplete = said(
  v.literal(true),
  'Present where the numbers are of a part of the interval: the range begins or ends within it, it is not over, or the rest of it is not known.',
);
export const knownFrom = said(
  InstantSchema,
  'Present where less is known than asked for: numbers are of what arrived from then on, and null for intervals before.',
);
