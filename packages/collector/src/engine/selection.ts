/** Which rows of a chunk a question is about. Pure. */
import type { Chunk, Group } from '../columns/chunk.js';
import { type Column, type FieldContext, getFieldGroups, isSessionField, toColumn } from './column.js';
import { type Condition, type ConditionLevel, isOfField } from './condition.js';
import { getRuleGroups, selectByRule } from './event-rule.js';

/** Arrivals in ms; `to` exclusive. */
export interface Span {
  from: number;
  to: number;
}

export interface Restriction extends Span, FieldContext {
  conditions: readonly Condition[];
  level: ConditionLevel;
}

/** 1 for each context, and for each event, that is in. Undefined: all are. */
export interface Selection {
  contexts?: Uint8Array | undefined;
  events?: Uint8Array | undefined;
  /** 1 for each context of a visitor that is looked at, selected or not. */
  sampled?: Uint8Array | undefined;
}

export const isWithin = (span: Span, { from, to }: Span): boolean => span.from >= from && span.to <= to;

/** What must be read of a chunk of that span to restrict it. */
export function getRestrictionGroups(restriction: Restriction, span: Span): Group[] {
  const { conditions, level } = restriction;
  return [
    ...(conditions.length > 0 && level === 'session' ? (['ids'] as const) : []),
    ...conditions.flatMap((condition) => getConditionGroups(condition, level)),
    ...(isWithin(span, restriction) ? [] : (['arrival'] as const)),
  ];
}

function getConditionGroups(condition: Condition, level: ConditionLevel): Group[] {
  if (!isOfField(condition)) return condition.rules.flatMap(getRuleGroups);
  const { field } = condition;
  return [
    ...getFieldGroups(field),
    ...(level === 'session' && !isSessionField(field) ? (['event'] as const) : []),
    ...(field === 'exit_page' ? (['time', 'arrival'] as const) : []),
  ];
}

/** Events that arrived within the span; undefined where all did. */
export function selectArrivals(chunk: Chunk, span: Span): Uint8Array | undefined {
  if (isWithin(chunk, span)) return undefined;
  const arrival = chunk.arrival();
  const { from, to } = span;
  const selected = new Uint8Array(arrival.length);
  for (let row = 0; row < arrival.length; row += 1) {
    const ms = arrival[row] ?? 0;
    if (ms >= from && ms < to) selected[row] = 1;
  }
  return selected;
}

/** A selection by events alone: 1 for each that is in, undefined where all are. */
export function toEventMask(chunk: Chunk, { contexts, events }: Selection): Uint8Array | undefined {
  if (!contexts) return events;
  const { count, firstEvent } = chunk.context();
  const mask = events ? events.slice() : new Uint8Array(chunk.events).fill(1);
  for (let context = 0; context < count; context += 1)
    if (contexts[context] !== 1) mask.fill(0, firstEvent[context], firstEvent[context + 1]);
  return mask;
}

/** Restricts a selection to the events that meet all conditions, each by itself. */
export function selectEvents(chunk: Chunk, restriction: Restriction, selection: Selection): Selection {
  const selected = { ...selection };
  for (const condition of restriction.conditions) {
    const column = toConditionColumn(chunk, condition, restriction);
    const rows = column.of === 'context' ? 'contexts' : 'events';
    selected[rows] = restrict(selected[rows], column, passingCodes(column, condition));
  }
  return selected;
}

/** The values that a condition is about; of rules, whether an event is meant. */
export function toConditionColumn(chunk: Chunk, condition: Condition, context: FieldContext): Column {
  if (isOfField(condition)) return toColumn(chunk, condition.field, context);
  const [codes = new Uint8Array(chunk.events), ...others] = condition.rules.map((rule) =>
    selectByRule(chunk, rule),
  );
  for (const other of others) for (const [row, isMeant] of other.entries()) if (isMeant === 1) codes[row] = 1;
  return { of: 'event', codes, values: [undefined, 'meant'] };
}

/** 1 for each code whose value matches: a value is looked at once, not once an event. */
export const matchingCodes = ({ values }: Column, condition: Condition): Uint8Array =>
  Uint8Array.from(values, (value) =>
    value !== undefined && (!isOfField(condition) || condition.matches(value)) ? 1 : 0,
  );

function passingCodes(column: Column, condition: Condition): Uint8Array {
  const matching = matchingCodes(column, condition);
  return condition.not ? matching.map((matches) => 1 - matches) : matching;
}

function restrict(selected: Uint8Array | undefined, { codes }: Column, passing: Uint8Array): Uint8Array {
  const result = new Uint8Array(codes.length);
  for (let row = 0; row < codes.length; row += 1)
    result[row] = (passing[codes[row] ?? 0] ?? 0) & (selected ? (selected[row] ?? 0) : 1);
  return result;
}
