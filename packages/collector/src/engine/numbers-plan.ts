/** What a question about numbers wants counted, and what of a chunk must be read for it. Pure. */
import type { Traffic } from '@liveinsight/schema';
import type { Group } from '../columns/chunk.js';
import { type Dimension, SESSION_DIMENSIONS } from '../events/dimensions.js';
import type { RowFilter } from '../rollup/row-set.js';
import { getFieldGroups, isSessionField } from './column.js';
import type { Field } from './condition.js';
import { getGoalGroups, type MeasuredGoal } from './goal-numbers.js';
import { getRestrictionGroups, isWithin, type Restriction, type Span } from './selection.js';

/** Rows by the values of a field, or of two crossed. */
export interface Axis {
  /** As it is asked for: `prop:plan`, `source*device`. */
  name: string;
  fields: readonly [Field] | readonly [Field, Field];
  /** Only events of that name. */
  event?: string | undefined;
}

export interface NumbersPlan extends Restriction {
  /** Of the buckets in order, in ms, multiples of 5 minutes: one more than there are buckets. */
  bounds: readonly number[];
  /** Whether each bucket has rows and 5-minute totals of its own, or all have those of the whole. */
  rowsOfEach: boolean;
  fiveMinuteTotals: boolean;
  /** Whether totals are wanted beside rows. Default: yes. */
  totals?: boolean | undefined;
  /** Whether visitors of all are wanted where totals are not. Default: no. */
  visitors?: boolean | undefined;
  /** What rollups break down by. */
  dimensions: readonly Dimension[];
  /** What they do not. */
  axes: readonly Axis[];
  /** Whether rows of pages and conversion types are to say what their sessions did. Default: what ordinals say. */
  rowSessions?: boolean | undefined;
  /** Whose numbers, where rollups do not have them. */
  traffic?: Traffic | undefined;
  /** The goal that conversions are of. Default: none, for conversions as they were sent. */
  goal?: MeasuredGoal | undefined;
  /** The rows that are wanted of `dimensions`. Default: all. */
  rowFilter?: RowFilter | undefined;
}

/** Whether visitors of all are counted, not of rows alone. */
export const countsVisitors = ({ totals, visitors }: Pick<NumbersPlan, 'totals' | 'visitors'>): boolean =>
  totals !== false || visitors === true;

/** Dimensions whose rows have an ordinal by which sessions are counted once. */
const NUMBERED: ReadonlySet<Dimension> = new Set<Dimension>([
  ...SESSION_DIMENSIONS,
  'page',
  'conversion_type',
  'journey',
  'click_on_page',
]);
/** Of these, those of single events, whose sessions say more than their ordinals. */
const OF_EVENTS: readonly Dimension[] = ['page', 'conversion_type'];

/** Whether sessions of the rows of a dimension are noted by their hashes. */
export const notesSessions = ({ level, rowSessions }: NumbersPlan, dimension: Dimension): boolean =>
  level === 'event' || !NUMBERED.has(dimension) || (rowSessions === true && OF_EVENTS.includes(dimension));

/** Whether all events of a context count in the same row. */
export const isOfContext = ({ fields, event }: Pick<Axis, 'fields' | 'event'>): boolean =>
  event === undefined && fields.every(isSessionField);

/** Whether rows are to say what their sessions did. */
export const sumsSessions = (plan: NumbersPlan): boolean =>
  plan.level === 'session' &&
  (plan.axes.some((axis) => !isOfContext(axis)) ||
    plan.dimensions.some((dimension) => notesSessions(plan, dimension)));

/** Whether totals and rows are from columns: rollups have neither filters nor goals, and one traffic. */
export const isOfColumns = ({
  conditions,
  goal,
  traffic,
}: Pick<NumbersPlan, 'conditions' | 'goal' | 'traffic'>): boolean =>
  conditions.length > 0 || goal !== undefined || traffic !== undefined;

/** Whether events of a chunk must be told apart by when they arrived. */
export const needsArrivals = ({ level, bounds, fiveMinuteTotals }: NumbersPlan, span: Span): boolean =>
  fiveMinuteTotals || level === 'event' || !isInOneBucket(bounds, span);

export function isInOneBucket(bounds: readonly number[], span: Span): boolean {
  const from = bounds.findLast((bound) => bound <= span.from);
  const to = bounds.find((bound) => bound > span.from);
  return from !== undefined && to !== undefined && isWithin(span, { from, to });
}

/** Times of single events are the largest part of a chunk, so they are read where a bucket's bound parts it. */
export function getNumbersGroups(plan: NumbersPlan, span: Span): Set<Group> {
  const { dimensions, axes, goal, level, totals } = plan;
  const hasTargets = dimensions.includes('click_target') || dimensions.includes('click_on_page');
  const isAll = totals !== false || dimensions.length > 0 || level === 'event';
  return new Set<Group>([
    ...getRestrictionGroups(plan, span),
    ...(['context', 'event', 'engagement'] as const),
    // Rows of contexts count sessions by their ordinals.
    ...(isAll || goal || !axes.every(isOfContext) ? (['ids'] as const) : []),
    ...(goal ? getGoalGroups(goal) : []),
    ...axes.flatMap(({ fields }) => fields.flatMap(getFieldGroups)),
    ...(hasTargets ? (['detail'] as const) : []),
    ...(needsArrivals(plan, span) ? (['arrival', 'time'] as const) : []),
  ]);
}
