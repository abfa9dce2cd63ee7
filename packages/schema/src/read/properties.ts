/** What the read API says of the properties of events. */
import * as v from 'valibot';
import { count, described, noteFields, range, SampleInfoSchema, standardErrors } from './words.js';

const numbers = {
  count: described(count, 'Events whose value is a number.'),
  sum: v.number(),
  average: v.number(),
  min: v.number(),
  max: v.number(),
  p50: described(
    v.nullable(v.number()),
    'Median. Percentiles are interpolated between the two nearest values; null where a sample has no value of the row.',
  ),
  p75: v.nullable(v.number()),
  p90: v.nullable(v.number()),
  p95: v.nullable(v.number()),
  p99: v.nullable(v.number()),
  standard_errors: v.exactOptional(described(standardErrors, 'With `sample`.')),
};

export const PropertyNumbersSchema = v.pipe(
  v.object(numbers),
  v.description('The numbers among the values of a property.'),
);
/** The numbers among the values of a property. */
export type PropertyNumbers = v.InferOutput<typeof PropertyNumbersSchema>;

export const PropertySchema = v.pipe(
  v.object({
    key: described(
      v.string(),
      'Its name, as filters and breakdowns take it after `prop:`; of an object within `props` as `cart.total`.',
    ),
    events: described(count, 'Events that have it.'),
    values: described(
      v.nullable(count),
      'How many different values it has; null where these are more than 500, as of an id, and in a `sample`, which does not have all.',
    ),
    numbers: v.exactOptional(described(PropertyNumbersSchema, 'Present where it has numbers.')),
    standard_errors: v.exactOptional(described(standardErrors, 'With `sample`: of `events`.')),
  }),
  v.description('A property of events.'),
);
/** A property of events. */
export type Property = v.InferOutput<typeof PropertySchema>;

export const PropertyRowSchema = v.pipe(
  v.object({ value: v.string(), ...numbers }),
  v.description('The numbers of a property at one value of the breakdown.'),
);
/** The numbers of a property at one value of the breakdown. */
export type PropertyRow = v.InferOutput<typeof PropertyRowSchema>;

export const PropertiesDataSchema = v.pipe(
  v.object({
    ...range,
    event: v.exactOptional(described(v.string(), 'As asked: of events of this name alone.')),
    sample: v.exactOptional(SampleInfoSchema),
    properties: described(v.array(PropertySchema), 'Those that most events have first; with `key` that one.'),
    property_count: described(
      count,
      'How many there are; `properties` has as many of them as `limit` allows.',
    ),
    rows: v.exactOptional(
      described(v.array(PropertyRowSchema), 'With `key` and `breakdown`: most numbers first.'),
    ),
    row_count: v.exactOptional(
      described(count, 'With `rows`: how many there are; `rows` has as many of them as `limit` allows.'),
    ),
    ...noteFields,
  }),
  v.description('Which properties events have, and the numbers among their values.'),
);
/** `GET /api/properties`: which properties events have, and the numbers among their values. */
export type PropertiesData = v.InferOutput<typeof PropertiesDataSchema>;
