/** What the read API says of web vitals. */
import * as v from 'valibot';
import { count, described, errorFields, noteFields, range, sampleFields, share } from './words.js';

/** How Google rates a value. */
export const VITAL_RATINGS = ['good', 'needs_improvement', 'poor'] as const;
export type VitalRating = (typeof VITAL_RATINGS)[number];

const percentile = v.nullable(v.pipe(v.number(), v.minValue(0)));

export const WebVitalSchema = v.pipe(
  v.object({
    metric: v.picklist(['LCP', 'INP', 'CLS', 'FCP', 'TTFB']),
    unit: described(v.nullable(v.literal('ms')), 'Of the percentiles; null of CLS, which has none.'),
    count: described(
      count,
      'Values. Of CLS and INP, which a page reports again when they change, the last of each page load.',
    ),
    p50: described(
      percentile,
      'Median. Percentiles are interpolated between the two nearest values; null where a sample has no value of the row.',
    ),
    p75: described(percentile, 'By which a site is rated.'),
    p90: percentile,
    p95: percentile,
    rating: described(
      v.nullable(v.picklist(VITAL_RATINGS)),
      'Of `p75`, by the thresholds that Google publishes.',
    ),
    good: described(share, 'Share of values that are good.'),
    needs_improvement: share,
    poor: share,
    ...errorFields,
  }),
  v.description('The values of one web vital.'),
);
/** The values of one web vital. */
export type WebVital = v.InferOutput<typeof WebVitalSchema>;

export const WebVitalsRowSchema = v.pipe(
  v.object({ value: v.string(), metrics: v.array(WebVitalSchema) }),
  v.description('Web vitals at one value of the breakdown.'),
);
/** Web vitals at one value of the breakdown. */
export type WebVitalsRow = v.InferOutput<typeof WebVitalsRowSchema>;

export const WebVitalsDataSchema = v.pipe(
  v.object({
    ...range,
    ...sampleFields,
    metrics: described(v.array(WebVitalSchema), 'Those that were reported.'),
    breakdown: v.exactOptional(described(v.string(), 'As asked.')),
    rows: v.exactOptional(described(v.array(WebVitalsRowSchema), 'With `breakdown`: most values first.')),
    row_count: v.exactOptional(
      described(count, 'With `rows`: how many there are; `rows` has as many of them as `limit` allows.'),
    ),
    ...noteFields,
  }),
  v.description('How long pages take to load and to respond.'),
);
/** `GET /api/web-vitals`: how long pages take to load and to respond. */
export type WebVitalsData = v.InferOutput<typeof WebVitalsDataSchema>;
