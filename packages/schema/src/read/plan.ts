/** What the read API says of the tracking plan, and of events that differ from it. */
import * as v from 'valibot';
import { PLAN_DIFFERENCE_CODES } from '../plan.js';
import { count, described, InstantSchema } from './words.js';

const PlannedEventSchema = v.pipe(
  v.object({
    name: described(v.string(), 'Of an event; of a conversion, its type.'),
    description: v.string(),
    properties: described(v.array(v.string()), 'Names of its properties.'),
  }),
  v.description('An event of the tracking plan.'),
);

export const PlanDeviationSchema = v.pipe(
  v.object({
    code: v.picklist(PLAN_DIFFERENCE_CODES),
    event: described(v.string(), 'Its name; `(other)` where there were too many.'),
    property: v.exactOptional(v.string()),
    message: described(v.string(), 'What differs, as of the newest such event.'),
    count: described(count, 'Events.'),
  }),
  v.description(
    'Events that differ from the tracking plan in one way. They are stored and counted all the same.',
  ),
);
/** Events that differ from the tracking plan in one way. */
export type PlanDeviation = v.InferOutput<typeof PlanDeviationSchema>;

export const PlanDataSchema = v.pipe(
  v.object({
    site: v.string(),
    from: InstantSchema,
    to: InstantSchema,
    events: described(v.nullable(v.array(PlannedEventSchema)), 'null where the collector has no plan.'),
    conversions: described(
      v.nullable(v.array(PlannedEventSchema)),
      'null where the collector has no plan, or its plan has no conversions.',
    ),
    known_from: described(
      v.nullable(InstantSchema),
      'Since when this process has compared events with its plan: it keeps the counts in memory. null without a plan.',
    ),
    differences: described(v.array(PlanDeviationSchema), 'Most first, 200 at most.'),
  }),
  v.description('The tracking plan, and what of the events of a range differs from it.'),
);
/** `GET /api/plan`: the tracking plan, and what of the events of a range differs from it. */
export type PlanData = v.InferOutput<typeof PlanDataSchema>;
