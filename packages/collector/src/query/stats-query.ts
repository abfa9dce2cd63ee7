/** What a question for statistics asks for. */
import {
  BREAKDOWNS,
  type Breakdown,
  MAX_NAME_CHARS,
  type RowColumn,
  type Traffic,
} from '@liveinsight/schema';
import type { FieldContext } from '../engine/column.js';
import type { Condition, ConditionLevel } from '../engine/condition.js';
import type { MeasuredGoal } from '../engine/goal-numbers.js';
import type { Axis } from '../engine/numbers-plan.js';
import { invalid, rejectUnknown } from '../http/query-params.js';
import type { ResolvedSite } from '../sites/site-registry.js';
import { parseAxes, readFieldContext } from './axes.js';
import { COMPARE_PARAMETERS, type Comparison, parseComparison } from './comparison.js';
import { FILTER_PARAMETERS } from './filters.js';
import type { QueryContext } from './query-context.js';
import { readFilters, readMeasuredGoal } from './read-filters.js';
import type { TableQuery } from './table.js';
import { parseColumns, parseTableQuery, TABLE_PARAMETERS } from './table-query.js';
import { parseTimeRange, type TimeRange } from './time-range.js';

const DEFAULT_BREAKDOWNS: Breakdown[] = ['page', 'source', 'channel', 'country', 'device', 'browser', 'os'];
const PARAMETERS = new Set<string>([
  ...['site', 'from', 'to', 'interval', 'timezone', 'breakdown', 'event', 'numbers', 'format'],
  ...COMPARE_PARAMETERS,
  ...TABLE_PARAMETERS,
  ...FILTER_PARAMETERS,
]);

export interface StatsQuery extends Pick<FieldContext, 'toPageGroup'> {
  range: TimeRange;
  conditions: Condition[];
  level: ConditionLevel;
  /** Whose numbers, where rollups do not have them. */
  traffic: Traffic | undefined;
  /** The goal that conversions are of. */
  goal: MeasuredGoal | undefined;
  comparison: Comparison | undefined;
  breakdowns: Breakdown[];
  /** Breakdowns that rollups do not have. */
  axes: Axis[];
  table: TableQuery;
  /** Columns of rows that are to be read from events by column. */
  columns: ReadonlySet<RowColumn>;
  /** The property whose numbers rows are to have. */
  numbers: string | undefined;
}

export const isCsv = (query: URLSearchParams): boolean => parseFormat(query) === 'csv';

/** Reads a question, or throws the refusal that names what is wrong with it. */
export async function readStatsQuery(
  { rollups, definitions, traffic }: QueryContext,
  site: ResolvedSite,
  query: URLSearchParams,
): Promise<StatsQuery> {
  rejectUnknown(query, PARAMETERS);
  const now = rollups.now();
  const defined = definitions(site.id);
  const { breakdowns, axes } = parseBreakdowns(query);
  const range = parseTimeRange(query, site.timezone, now);
  const isFile = isCsv(query);
  const table = parseTableQuery(query, isFile ? 'all' : breakdowns.length + axes.length);
  if (isFile && breakdowns.length + axes.length !== 1)
    throw invalid('breakdown', 'must name one breakdown with format=csv');
  return {
    range,
    ...(await readFilters(defined, query, { measures: true })),
    traffic,
    goal: await readMeasuredGoal(defined, query),
    comparison: parseComparison(query, range.calendar, now),
    ...(await readFieldContext(
      defined,
      axes.flatMap(({ fields }) => fields),
    )),
    breakdowns,
    axes,
    table,
    columns: parseColumns(query, table.order),
    numbers: parseNumbers(query),
  };
}

/** `?breakdown=page,prop:plan,source*device`, or several times. */
function parseBreakdowns(query: URLSearchParams): Pick<StatsQuery, 'breakdowns' | 'axes'> {
  const raw = query.getAll('breakdown').flatMap((names) => names.split(','));
  if (raw.length === 0) return { breakdowns: DEFAULT_BREAKDOWNS, axes: parseAxes([], query) };
  const names = new Set(raw.filter((name) => name !== ''));
  const breakdowns = BREAKDOWNS.filter((one) => names.has(one));
  const others = [...names].filter((name) => !breakdowns.some((one) => one === name));
  return {
    breakdowns: [...names].flatMap((name) => breakdowns.find((one) => one === name) ?? []),
    axes: parseAxes(others, query),
  };
}

/** Reads `?numbers=seats`, with `prop:` before it or without. */
function parseNumbers(query: URLSearchParams): string | undefined {
  const raw = query.get('numbers');
  if (raw === null) return undefined;
  const key = raw.replace(/^prop:/, '');
  if (key === '' || key.length > MAX_NAME_CHARS)
    throw invalid(
      'numbers',
      `must be a property whose values are numbers, of at most ${MAX_NAME_CHARS} characters, as seats`,
    );
  return key;
}

function parseFormat(query: URLSearchParams): 'json' | 'csv' {
  const raw = query.get('format') ?? 'json';
  if (raw !== 'json' && raw !== 'csv') throw invalid('format', 'must be json or csv');
  return raw;
}
