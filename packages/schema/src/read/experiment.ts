/** What the read API says of experiments. */
import * as v from 'valibot';
import { count, described, errorFields, noteFields, range, sampleFields, share } from './words.js';

/** What an experiment has shown so far. */
export const EXPERIMENT_RESULTS = [
  /** No visitor saw a variant. */
  'no_visitors',
  /** There is nothing to compare the variant with. */
  'one_variant',
  /** Visitors are not split as intended: the groups are not comparable. */
  'split_mismatch',
  /** Too few visitors converted, or did not. */
  'too_few',
  /** No variant is shown to be better so far. */
  'undecided',
  /** `variant` converts better than the control. */
  'variant_better',
  /** The control converts better than all others. */
  'control_better',
] as const;

export const RateDifferenceSchema = v.pipe(
  v.object({
    estimate: described(v.number(), 'Rate of the variant less that of the control, −1 to 1.'),
    low: v.number(),
    high: v.number(),
  }),
  v.description(
    'The difference of two conversion rates, with an interval that has it with `confidence` at all looks together: it may be looked at daily, and the experiment ended at any look.',
  ),
);
/** The difference of two conversion rates, with an interval that may be looked at daily. */
export type RateDifference = v.InferOutput<typeof RateDifferenceSchema>;

export const ExperimentVariantSchema = v.pipe(
  v.object({
    variant: v.string(),
    visitors: described(count, 'Who saw this variant and no other.'),
    conversions: described(count, 'How many of them reached the goal when they first saw it or later.'),
    conversion_rate: described(v.nullable(share), 'Null where there are no visitors.'),
    lift: described(
      v.nullable(v.number()),
      'Rate relative to that of the control: 0.1 is a tenth better. Null of the control, and where that has no conversions.',
    ),
    difference: described(
      v.nullable(RateDifferenceSchema),
      'Null of the control, and while there are too few conversions for an interval. With `sample`, of those who were looked at.',
    ),
    ...errorFields,
  }),
  v.description('Visitors of one variant.'),
);
/** Visitors of one variant. */
export type ExperimentVariant = v.InferOutput<typeof ExperimentVariantSchema>;

export const ExperimentDataSchema = v.pipe(
  v.object({
    ...range,
    ...sampleFields,
    prop: described(v.string(), 'The property that has the variant.'),
    goal: described(v.string(), 'As asked.'),
    confidence: described(share, 'Of all intervals together.'),
    control: described(
      v.nullable(v.string()),
      'The variant that others are compared with; null where none was seen.',
    ),
    variants: described(v.array(ExperimentVariantSchema), 'The control first.'),
    excluded: described(
      v.object({
        several_variants: described(count, 'Visitors who saw more than one variant.'),
        other_variants: described(count, 'Visitors of variants that are not compared.'),
      }),
      'Visitors who are in no variant.',
    ),
    split: described(
      v.object({
        p_value: described(
          v.nullable(share),
          'How likely so large a deviation from the intended split is at any look, by chance alone; null where there is nothing to check.',
        ),
        mismatch: described(
          v.nullable(v.boolean()),
          'Whether it is below 0.01: visitors are lost or counted unequally, and the groups are not comparable.',
        ),
      }),
      'Whether visitors are split as intended.',
    ),
    result: v.object({
      code: described(v.picklist(EXPERIMENT_RESULTS), 'What the experiment has shown so far.'),
      variant: v.exactOptional(described(v.string(), 'With `variant_better` and `control_better`.')),
      message: described(v.string(), 'The same in words.'),
    }),
    ...noteFields,
  }),
  v.description('Whether visitors of one variant convert better than those of another.'),
);
/** `GET /api/experiment`: whether visitors of one variant convert better than those of another. */
export type ExperimentData = v.InferOutput<typeof ExperimentDataSchema>;
