/** The values that a field has in a chunk, by code. Pure. */
import type { Chunk, Group, PropertyColumn, TextColumn } from '../columns/chunk.js';
import { SESSION_DIMENSIONS, type SessionDimension } from '../events/dimensions.js';
import type { ToPageGroup } from '../events/page-groups.js';
import type { Calendar } from '../time/calendar.js';
import { type Field, isPropertyField, propertyKey } from './condition.js';
import { HOURS_OF_WEEK, hourOfWeekCodes } from './hour-of-week.js';

export interface Column {
  /** Whether there is a code for each context, or for each event. */
  of: 'context' | 'event';
  codes: Uint8Array | Uint16Array | Uint32Array;
  /** By code; undefined where that stands for no value. */
  values: readonly (string | undefined)[];
}

/** What the values of fields depend on besides the events. */
export interface FieldContext {
  /** Of hours of the week. */
  calendar: Calendar;
  /** Of groups of pages. Default: each page is its own. */
  toPageGroup?: ToPageGroup | undefined;
}

export function toColumn(chunk: Chunk, field: Field, { calendar, toPageGroup }: FieldContext): Column {
  if (isPropertyField(field)) return propertyColumn(chunk, chunk.property().get(propertyKey(field) ?? ''));
  switch (field) {
    case 'page':
    case 'exit_page':
      return eventColumn(chunk.event().page);
    case 'page_group':
      return groupColumn(chunk.event().page, toPageGroup);
    case 'hostname':
      return eventColumn(chunk.event().hostname);
    case 'title':
      return eventColumn(chunk.detail().title);
    case 'click_target':
      return eventColumn(chunk.detail().clickTarget);
    case 'event_name':
      return kindColumn(chunk, ({ name }) => name);
    case 'conversion_type':
      return kindColumn(chunk, ({ conversionType }) => conversionType);
    case 'hour_of_week':
      return { of: 'event', codes: hourOfWeekCodes(chunk.arrival(), calendar), values: HOURS_OF_WEEK };
    default:
      return { of: 'context', ...withoutNone(chunk.context().dimensions[field]) };
  }
}

/** What must be read for a column. */
export function getFieldGroups(field: Field): Group[] {
  if (isPropertyField(field)) return ['property'];
  if (isSessionField(field)) return ['context'];
  if (field === 'hour_of_week') return ['arrival'];
  return field === 'click_target' || field === 'title' ? ['event', 'detail'] : ['event'];
}

const ofSession: ReadonlySet<string> = new Set(SESSION_DIMENSIONS);

export const isSessionField = (field: string): field is SessionDimension => ofSession.has(field);

const eventColumn = (column: TextColumn): Column => ({ of: 'event', ...withoutNone(column) });

/** Pages of one group have one code, so that their rows are one. */
function groupColumn({ codes, values }: TextColumn, toPageGroup: ToPageGroup = (page) => page): Column {
  const codeOfGroup = new Map<string, number>();
  const groups: (string | undefined)[] = [undefined];
  const groupOfCode = Uint16Array.from(values, (page, code) => {
    if (code === 0) return 0;
    const group = toPageGroup(page);
    const found = codeOfGroup.get(group) ?? groups.push(group) - 1;
    codeOfGroup.set(group, found);
    return found;
  });
  return { of: 'event', codes: codes.map((code) => groupOfCode[code] ?? 0), values: groups };
}

const withoutNone = ({ codes, values }: TextColumn): Pick<Column, 'codes' | 'values'> => ({
  codes,
  values: [undefined, ...values.slice(1)],
});

function kindColumn(
  chunk: Chunk,
  toValue: (kind: ReturnType<Chunk['event']>['kinds'][number]) => string | undefined,
): Column {
  const { kind, kinds } = chunk.event();
  return { of: 'event', codes: kind, values: kinds.map(toValue) };
}

/** Texts keep their codes; each number that is there gets one behind them. */
export function propertyColumn(chunk: Chunk, property: PropertyColumn | undefined): Column {
  const codes = new Uint32Array(chunk.events);
  if (!property) return { of: 'event', codes, values: [undefined] };
  const { rows, text, number } = property;
  const values: (string | undefined)[] = [undefined, ...text.values.slice(1)];
  const codeOfNumber = new Map<number, number>();
  for (let index = 0; index < rows.length; index += 1) {
    const row = rows[index] ?? 0;
    const value = number[index] ?? Number.NaN;
    if (Number.isNaN(value)) {
      codes[row] = text.codes[index] ?? 0;
      continue;
    }
    let code = codeOfNumber.get(value);
    if (code === undefined) {
      code = values.push(String(value)) - 1;
      codeOfNumber.set(value, code);
    }
    codes[row] = code;
  }
  return { of: 'event', codes, values };
}
