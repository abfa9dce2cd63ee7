/** Filters: which sessions or events a question is about. Pure. */
import {
  BOT_CATEGORIES,
  BOT_REASONS,
  type Breakdown,
  FILTER_FIELDS,
  MAX_NAME_CHARS,
  MAX_URL_CHARS,
} from '@liveinsight/schema';
import {
  type Condition,
  type ConditionLevel,
  type Field,
  type FieldCondition,
  isOfField,
  isPropertyField,
  propertyKey,
} from '../engine/condition.js';
import { HOURS_OF_WEEK } from '../engine/hour-of-week.js';
import { boundKey } from '../events/bound-key.js';
import { OTHER } from '../events/over-budget.js';
import { namedGroup, type ToPageGroup } from '../events/page-groups.js';
import { getHost, namedPage, toPage } from '../events/page-path.js';
import { invalid, PROPERTY_PARAMETER } from '../http/query-params.js';
import { type Matcher, PatternError, parseBound, parsePattern, type Spell } from './value-pattern.js';

/** The parameters that are filters: each breakdown, `prop:` with the name of a property, and goals that were reached. */
export const FILTERS: readonly string[] = [
  ...FILTER_FIELDS,
  PROPERTY_PARAMETER,
  'reached',
  'goal',
  'segment',
];
/** The same where they can be about single events too. */
export const FILTER_PARAMETERS: readonly string[] = [...FILTERS, 'filter_by', 'traffic'];

const MAX_VALUES = 50;
/** Names of properties on the way to one within objects. */
const MAX_KEY_CHARS = 3 * MAX_NAME_CHARS + 2;
/** Breakdowns whose values are pages. */
const PAGES: ReadonlySet<string> = new Set<Breakdown>(['page', 'entry_page', 'exit_page']);

/**
 * Reads `?<breakdown>=` and `?prop:<key>=`, any number of times each: those that pass have one of the values, and none of
 * those after a `!`. A value can be a pattern, and of a property a comparison; a lower and an upper bound are one range.
 * @param toPageGroup needed where `page_group` is one of them
 */
export function parseFilters(query: URLSearchParams, toPageGroup?: ToPageGroup): FieldCondition[] {
  const properties = new Set([...query.keys()].filter(isPropertyField));
  const conditions = [...FILTER_FIELDS.filter((name) => query.has(name)), ...properties].flatMap((field) =>
    parseField(field, query.getAll(field)),
  );
  checkCount(conditions);
  return toPageGroup ? conditions.map((condition) => ofPages(condition, toPageGroup)) : conditions;
}

/** Who views a group views a page that is in it. */
const ofPages = (condition: FieldCondition, toPageGroup: ToPageGroup): FieldCondition =>
  condition.field === 'page_group'
    ? { ...condition, field: 'page', matches: (page) => condition.matches(toPageGroup(page)) }
    : condition;

/** Of one question: which of them a session meets is one word. */
const MAX_CONDITIONS = 32;

/** @throws ApiError that names the filter that is one too many */
export function checkCount(conditions: readonly Condition[]): void {
  const surplus = conditions[MAX_CONDITIONS];
  if (surplus)
    throw invalid(
      isOfField(surplus) ? surplus.field : 'reached',
      `is one filter too many: a question takes at most ${MAX_CONDITIONS}`,
    );
}

/** Reads `?filter_by=`: whether sessions are to pass as a whole, or events one by one. */
export function parseFilterLevel(query: URLSearchParams): ConditionLevel {
  const raw = query.get('filter_by') ?? 'session';
  if (raw !== 'session' && raw !== 'event') throw invalid('filter_by', 'must be session or event');
  if (raw === 'event' && query.has('exit_page'))
    throw invalid('exit_page', 'is of sessions: it can’t be a filter with filter_by=event');
  return raw;
}

/** Reads the values that one filter is given. */
export function parseField<Name extends Field>(field: Name, raw: readonly string[]): FieldCondition<Name>[] {
  checkKey(field);
  const { included, excluded } = splitValues(field, raw);
  return [
    ...(included.length > 0 ? [{ field, matches: matchesAny(field, included), not: false }] : []),
    ...(excluded.length > 0 ? [{ field, matches: matchesAny(field, excluded), not: true }] : []),
  ];
}

/** What a filter means, and after a `!` does not mean. */
export function splitValues(
  parameter: string,
  raw: readonly string[],
): { included: string[]; excluded: string[] } {
  if (raw.length > MAX_VALUES) throw invalid(parameter, `must be given at most ${MAX_VALUES} times`);
  if (raw.some((value) => value.length > MAX_URL_CHARS))
    throw invalid(parameter, `must have at most ${MAX_URL_CHARS} characters`);
  return {
    included: raw.filter((value) => !value.startsWith('!')),
    excluded: raw.filter((value) => value.startsWith('!')).map((value) => value.slice(1)),
  };
}

function checkKey(field: Field): void {
  const key = propertyKey(field);
  if (key === '') throw invalid(field, 'must name a property, as prop:plan');
  if (key !== undefined && key.length > MAX_KEY_CHARS)
    throw invalid(field.slice(0, 64), `must name a property of at most ${MAX_KEY_CHARS} characters`);
}

function matchesAny(field: Field, values: string[]): Matcher {
  try {
    const bounds = isPropertyField(field) ? values.map(parseBound) : [];
    const patterns = values.filter((_, index) => !bounds[index]).map((value) => parseValue(field, value));
    const lower = bounds.filter((bound) => bound && !bound.isUpper).map((bound) => bound?.matches);
    const upper = bounds.filter((bound) => bound?.isUpper).map((bound) => bound?.matches);
    const isWithin: Matcher = (value) =>
      lower.length > 0 && upper.length > 0
        ? passesAny(lower, value) && passesAny(upper, value)
        : passesAny(lower, value) || passesAny(upper, value);
    return (value) => passesAny(patterns, value) || isWithin(value);
  } catch (error) {
    throw error instanceof PatternError ? invalid(field, error.message) : error;
  }
}

/** Reads a value or pattern of a field that is none of a property. */
export function parsePlainPattern(
  field: 'page' | 'page_group' | 'event' | 'conversion',
  raw: string,
): Matcher {
  try {
    return parsePattern(raw, getSpelling(field));
  } catch (error) {
    throw error instanceof PatternError ? invalid(field, error.message) : error;
  }
}

const passesAny = (matchers: (Matcher | undefined)[], value: string): boolean =>
  matchers.some((matches) => matches?.(value) === true);

/** Fields that have no values but these. Channels are none of them: an import may bring its own. */
const CLOSED_LISTS: Partial<Record<Field, readonly string[]>> = {
  visitor_type: ['new', 'returning'],
  bot_category: BOT_CATEGORIES,
  bot_reason: BOT_REASONS,
};
/** What rows are called besides. */
const WITHOUT_VALUE = ['(unknown)', OTHER];

function parseValue(field: Field, value: string): Matcher {
  const matches = parsePattern(value, getSpelling(field));
  // Any other would be answered with zeros that look like a number.
  if (field === 'hour_of_week' && !HOURS_OF_WEEK.some(matches))
    throw new PatternError('must be an ISO weekday and an hour as 1-09 (Monday, from 9 o’clock), or as 1-*');
  const listed = CLOSED_LISTS[field];
  if (listed && !listed.some(matches) && !WITHOUT_VALUE.some(matches))
    throw new PatternError(`must be one of ${listed.join(', ')}`);
  return matches;
}

function getSpelling(field: Field | 'event' | 'conversion'): Spell {
  if (field === 'page_group') return spellGroup;
  if (PAGES.has(field)) return spellPage;
  return field === 'hostname' ? spellHost : boundWhole;
}

const boundWhole: Spell = (parts) => (parts.length === 1 ? parts.map(boundKey) : parts);

/** Groups are patterns, names or pages, without a slash at the end. */
const spellGroup: Spell = (parts) => (parts.length === 1 ? parts.map(namedGroup) : spellPage(parts));

/** Hosts are stored in lower case, and without `www.`. */
const spellHost: Spell = (parts) => {
  const lower = parts.map((part) => part.toLowerCase());
  return lower.length === 1 ? lower.map((host) => getHost(`https://${host}`) ?? host) : lower;
};

/** Stands for a wildcard while a page is spelled: a character of no page, which is escaped there. */
const WILDCARD = '\ue000';
const ESCAPED_WILDCARD = encodeURIComponent(WILDCARD);

/** Pages, and parts of them, by any spelling. */
const spellPage: Spell = (parts) => {
  const [first = ''] = parts;
  if (parts.length === 1) return [namedPage(first)];
  if (first !== '' && !first.startsWith('/')) return parts;
  const spelled = toPage(`${first === '' ? '/' : ''}${parts.join(WILDCARD)}`).split(ESCAPED_WILDCARD);
  return first === '' && spelled.length > 1 ? ['', ...spelled.slice(1)] : spelled;
};
