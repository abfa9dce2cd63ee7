/** What the read API says of sessions on a funnel, and of visitors who come back. */
import * as v from 'valibot';
import {
  count,
  described,
  durationMs,
  InstantSchema,
  noteFields,
  SampleInfoSchema,
  share,
  standardErrors,
} from './words.js';

export const FunnelStepSchema = v.pipe(
  v.object({
    step: described(v.string(), 'As asked: `page:/cart`.'),
    sessions: described(count, 'Sessions that came this far.'),
    from_previous: described(share, 'Of those that came to the step before, 0 to 1.'),
    from_first: described(share, 'Of those that came to the first step, 0 to 1.'),
    dropped: described(count, 'Sessions that came to the step before and no further.'),
    median_ms: described(
      v.nullable(durationMs),
      'Median time since the step before; null for the first, or where no session came.',
    ),
    standard_errors: v.exactOptional(described(standardErrors, 'With `sample`.')),
  }),
  v.description('A step of a funnel.'),
);
/** A step of a funnel. */
export type FunnelStep = v.InferOutput<typeof FunnelStepSchema>;

export const FunnelDataSchema = v.pipe(
  v.object({
    site: v.string(),
    from: described(
      InstantSchema,
      'Where the sessions looked at begin: later than asked where `notes` say so.',
    ),
    to: InstantSchema,
    within_ms: described(
      v.nullable(durationMs),
      'From the first step to the last at most; null: any time of a session.',
    ),
    sessions: described(
      count,
      'Active sessions that pass the filters: those that sent something within the range, wherever they began. `sessions` of the first step are those that the funnel is about.',
    ),
    sample: v.exactOptional(SampleInfoSchema),
    steps: v.array(FunnelStepSchema),
    ...noteFields,
  }),
  v.description('How far sessions come on a way of steps, in their order.'),
);
/** `GET /api/funnel`: how far sessions come on a way of steps, in their order. */
export type FunnelData = v.InferOutput<typeof FunnelDataSchema>;

/** What visitors are followed by. */
export const RETENTION_PERIODS = ['day', 'week', 'month'] as const;
export type RetentionPeriod = (typeof RETENTION_PERIODS)[number];

export const CohortSchema = v.pipe(
  v.object({
    start: described(InstantSchema, 'First instant of the period in which they were first seen.'),
    week: described(InstantSchema, 'The same as `start`, by the name it has where periods are weeks.'),
    visitors: described(
      v.nullable(count),
      'Visitors not seen before, as far back as events go. Null if nothing is known of the time before, so that new visitors cannot be recognized.',
    ),
    complete: described(
      v.boolean(),
      'Whether all that the site ever received is known: else some of them may have come before, and `visitors` is the most it can be.',
    ),
    returned: described(
      v.array(count),
      'Empty where `visitors` is null. Of these, how many came back in that period, the next, and so on to the last of the range. Without `returning` all of them are in the first.',
    ),
    standard_errors: v.exactOptional(
      described(
        v.object({
          visitors: v.nullable(v.pipe(v.number(), v.minValue(0))),
          returned: v.array(v.nullable(v.pipe(v.number(), v.minValue(0)))),
        }),
        'With `sample`: how far `visitors`, and each of `returned`, may be off: within twice as much in 95 of 100 cases.',
      ),
    ),
  }),
  v.description('Visitors first seen in the same period.'),
);
/** Visitors first seen in the same period. */
export type Cohort = v.InferOutput<typeof CohortSchema>;

export const RetentionDataSchema = v.pipe(
  v.object({
    site: v.string(),
    from: described(InstantSchema, 'First instant of the first period.'),
    to: InstantSchema,
    timezone: v.string(),
    period: v.picklist(RETENTION_PERIODS),
    sample: v.exactOptional(SampleInfoSchema),
    cohorts: described(v.array(CohortSchema), 'By period, oldest first. The last one may be under way.'),
    ...noteFields,
  }),
  v.description('How many visitors come back in later periods.'),
);
/** `GET /api/retention`: how many visitors come back in later periods. */
export type RetentionData = v.InferOutput<typeof RetentionDataSchema>;
