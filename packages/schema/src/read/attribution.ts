/** What the read API says of what led to conversions. */
import * as v from 'valibot';
import { count, described, noteFields, range, sampleFields, standardErrors } from './words.js';

export const AttributionCreditSchema = v.pipe(
  v.object({
    conversions: count,
    revenue: described(v.record(v.string(), v.number()), 'By currency, in its units.'),
    standard_errors: v.exactOptional(
      described(standardErrors, 'With `sample`: of `conversions`, and of `revenue` as `revenue_EUR`.'),
    ),
  }),
  v.description('Conversions that are owed to a value.'),
);
/** Conversions that are owed to a value. */
export type AttributionCredit = v.InferOutput<typeof AttributionCreditSchema>;

export const AttributionRowSchema = v.pipe(
  v.object({
    value: described(
      v.string(),
      '`(none)` where a session has no value of the breakdown; `(unknown)` where it is not known which session it was, because the time before the conversion is not known in full.',
    ),
    first_touch: described(AttributionCreditSchema, 'Where sessions of this value were the first.'),
    last_touch: described(AttributionCreditSchema, 'Where they were the last.'),
  }),
  v.description('What is owed to one value of the breakdown.'),
);
/** What is owed to one value of the breakdown. */
export type AttributionRow = v.InferOutput<typeof AttributionRowSchema>;

export const AttributionDataSchema = v.pipe(
  v.object({
    ...range,
    ...sampleFields,
    breakdown: v.string(),
    lookback_days: described(count, 'How long before a conversion sessions are looked for.'),
    rows: described(v.array(AttributionRowSchema), 'Most conversions by last touch first.'),
    row_count: described(count, 'How many there are; `rows` has as many of them as `limit` allows.'),
    ...noteFields,
  }),
  v.description('Which source, channel or campaign conversions are owed to.'),
);
/** `GET /api/attribution`: which source, channel or campaign conversions are owed to. */
export type AttributionData = v.InferOutput<typeof AttributionDataSchema>;
