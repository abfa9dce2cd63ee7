/** Breakdowns that rollups do not have: by a property, a field of events by column, or two of them crossed. */
import { type BreakdownRow, COLUMN_BREAKDOWNS, FILTER_FIELDS } from '@liveinsight/schema';
import { CROSS_SEPARATOR } from '../engine/axis-rows.js';
import { type FieldContext, isSessionField } from '../engine/column.js';
import { type Field, isPropertyField } from '../engine/condition.js';
import type { Numbers } from '../engine/numbers.js';
import { type Axis, isOfContext } from '../engine/numbers-plan.js';
import { invalid } from '../http/query-params.js';
import { RowSet } from '../rollup/row-set.js';
import type { Definitions } from './definitions.js';
import { toAxisRow } from './derived-metrics.js';
import { joinMany } from './many-values.js';
import { enrichRow, withGoal } from './row-facts.js';
import type { Table } from './table.js';

const CROSS = '*';
/** Of one question: each has rows of its own. */
const MAX_AXES = 5;
const FORMS = `${FILTER_FIELDS.join(', ')}, prop:<key>, or two of them as source*device`;

/** Reads names of breakdowns that rollups do not have, and `?event=` with them. */
export function parseAxes(names: readonly string[], query: URLSearchParams): Axis[] {
  const event = query.get('event') ?? undefined;
  if (names.length > MAX_AXES)
    throw invalid('breakdown', `must name at most ${MAX_AXES} properties and pairs of dimensions`);
  if (event !== undefined && names.length === 0)
    throw invalid('event', 'must be given with a breakdown by a property, as breakdown=prop:plan');
  return names.map((name) => {
    const [left, right, ...rest] = name.split(CROSS).map(parseRowField);
    if (!left || rest.length > 0 || (name.includes(CROSS) && !right))
      throw invalid('breakdown', `must be of ${FORMS}`);
    return { name, fields: right ? [left, right] : [left], event };
  });
}

/** What a session ends with is no value of single events. */
export function parseRowField(name: string): Field | undefined {
  if (isPropertyField(name)) return name === 'prop:' ? undefined : name;
  return FILTER_FIELDS.find((one) => one === name && one !== 'exit_page');
}

/** What the values of some fields depend on: only `page_group` needs the site's rules. */
export const readFieldContext = async (
  definitions: Definitions,
  fields: readonly (Field | undefined)[],
): Promise<Pick<FieldContext, 'toPageGroup'>> =>
  fields.includes('page_group') ? { toPageGroup: await definitions.pageGroups() } : {};

/** Reads the one breakdown of a report. */
export function readRowField(name: string): Field {
  const field = parseRowField(name);
  if (field) return field;
  throw invalid(
    'breakdown',
    `must be one breakdown of /api/stats, not exit_page, or prop:<key>, ${COLUMN_BREAKDOWNS.join(' or ')}`,
  );
}

/** Fields of which all events that measure time have a value. */
const OF_PAGES: ReadonlySet<Field> = new Set<Field>(['page', 'hostname', 'page_group']);

/**
 * All rows of an axis.
 * @param isSearched whether single values are looked for: then those that are like ids have rows of their own
 */
export function toAxisTable(numbers: Numbers, { name, fields, event }: Axis, isSearched = false): Table {
  const ofContext = isOfContext({ fields, event });
  const isOfStays =
    event === undefined && fields.every((field) => OF_PAGES.has(field) || isSessionField(field));
  const of = ofContext ? 'context' : isOfStays ? 'page' : 'event';
  const knowsEngaged = numbers.buckets.every(({ rollup }) => rollup.knowsEngaged);
  const found = numbers.rows.get(name) ?? new RowSet();
  const joined = joinMany(found, isSearched ? [] : fields);
  const rows = [...joined].map(([value, { counters, values: all }]): BreakdownRow => {
    const counted = enrichRow(toAxisRow(value, counters, of, { knowsEngaged }), numbers, name, all);
    const row = withGoal(counted, numbers, name, all);
    if (fields.length === 1) return row;
    const values = value.split(CROSS_SEPARATOR);
    return { ...row, value: values.join(` ${CROSS} `), values };
  });
  return { name, main: ofContext && numbers.plan.level === 'session' ? 'sessions' : 'events', rows };
}
