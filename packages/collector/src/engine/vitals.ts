/**
 * Web vitals: how long pages take to load and to respond, by the values of a field. Pure.
 *
 * A page reports CLS and INP each time it is hidden and they have changed: the last value of a page load counts. The next load
 * of a page in its session begins with a TTFB, which each reports once.
 */
import { MAX_EXACT_NUMBERS, MAX_ROW_FACTS, MAX_VITAL_REPORTS } from '../budgets.js';
import { type Chunk, type Group, textAt } from '../columns/chunk.js';
import { BoundedRows } from './bounded-rows.js';
import { getFieldGroups } from './column.js';
import type { Field } from './condition.js';
import { readField } from './field-values.js';
import { HashIndex } from './hash-index.js';
import { type NumberStats, NumbersByRow } from './number-stats.js';
import { selectNamed } from './property-facts.js';
import { getRestrictionGroups, type Restriction, type Selection, type Span } from './selection.js';

export const VITALS = ['LCP', 'INP', 'CLS', 'FCP', 'TTFB'] as const;
export type Vital = (typeof VITALS)[number];
/** As the tracker sends them: `web_vital` with `name` and `value`. */
const EVENT = 'web_vital';
/** Where good values end and poor ones begin, in ms; CLS without a unit. https://web.dev/articles/vitals */
const THRESHOLDS: Record<Vital, readonly [good: number, poor: number]> = {
  LCP: [2_500, 4_000],
  INP: [200, 500],
  CLS: [0.1, 0.25],
  FCP: [1_800, 3_000],
  TTFB: [800, 1_800],
};

export interface VitalsPlan extends Restriction {
  /** Rows are by its values. Default: one row of all. */
  field: Field | undefined;
  /** What several scans share. */
  readVitals?: ReadVitals;
  readRow?: ((chunk: Chunk) => (event: number) => string | undefined) | undefined;
}

export interface VitalStats extends NumberStats {
  vital: Vital;
  /** How many values are good, need improvement, and are poor. */
  ratings: [good: number, needsImprovement: number, poor: number];
}

export const getVitalsGroups = (plan: VitalsPlan, span: Span): Set<Group> =>
  new Set<Group>([
    ...getRestrictionGroups(plan, span),
    ...(['context', 'ids', 'event', 'arrival', 'time', 'property'] as const),
    ...(plan.field ? getFieldGroups(plan.field) : []),
  ]);

/** What may be reported again, or tells where a load begins. */
interface Report {
  session: number;
  page: string;
  vital: number;
  timestamp: number;
  arrival: number;
  value: number;
  row: number;
}

type ReadVitals = (chunk: Chunk) => Int8Array | undefined;

const ALL = '';
const NAMES: readonly (string | undefined)[] = VITALS;
const TTFB = VITALS.indexOf('TTFB');
const REPEATED: ReadonlySet<Vital | undefined> = new Set<Vital>(['CLS', 'INP']);

export class Vitals {
  /** By row and vital. */
  readonly numbers: NumbersByRow;
  readonly #ratings: VitalStats['ratings'][] = [];
  readonly #rows: BoundedRows<number>;
  readonly #sessions = new HashIndex();
  readonly #reports: Report[] = [];

  /** @param share one of so many sessions is looked at, a power of two */
  constructor(
    readonly plan: VitalsPlan,
    readonly share = 1,
    readonly max = { reports: MAX_VITAL_REPORTS, rows: MAX_ROW_FACTS, numbers: MAX_EXACT_NUMBERS },
  ) {
    this.numbers = new NumbersByRow(max.numbers);
    this.#rows = new BoundedRows(max.rows, (row) => row);
  }

  /** How many reports were counted as `(other)`. */
  get over(): number {
    return this.#rows.over;
  }

  get isFull(): boolean {
    return this.#reports.length > this.max.reports;
  }

  add(chunk: Chunk, selection: Selection): void {
    const values = chunk.property().get('value');
    const vitalAt = (this.plan.readVitals ?? readVitals)(chunk);
    if (!values || !vitalAt) return;
    const { contexts, events, sampled } = selection;
    const fieldAt = (this.plan.readRow ?? this.#readRow)(chunk);
    const { firstEvent, session: sessions } = chunk.context();
    const { high, low } = chunk.ids().session;
    let context = 0;
    for (const [index, event] of values.rows.entries()) {
      while ((firstEvent[context + 1] ?? Number.POSITIVE_INFINITY) <= event) context += 1;
      if (sampled?.[context] === 0) continue;
      const [vital, value] = [vitalAt[event] ?? -1, values.number[index] ?? Number.NaN];
      const session = sessions[context] ?? 0;
      const [sessionHigh = 0, sessionLow = 0] = [high[session], low[session]];
      if (vital < 0 || !(value >= 0) || (sessionHigh & (this.share - 1)) !== 0) continue;
      const isSelected = contexts?.[context] !== 0 && events?.[event] !== 0;
      const field = isSelected ? fieldAt(event) : undefined;
      const row = field === undefined ? undefined : this.#rows.find(field);
      const isRepeated = REPEATED.has(VITALS[vital]);
      if (row !== undefined && !isRepeated) this.#count(row, vital, value);
      if (vital === TTFB || (isRepeated && row !== undefined))
        this.#reports.push({
          session: this.#sessions.add(sessionHigh, sessionLow),
          page: textAt(chunk.event().page, event) ?? '',
          ...{ vital, value, row: row ?? -1 },
          timestamp: chunk.time().timestamp[event] ?? 0,
          arrival: chunk.arrival()[event] ?? 0,
        });
    }
  }

  /** By value of the field, and in the order of `VITALS`. To be called once. */
  finish(): Map<string, VitalStats[]> {
    for (const { row, vital, value } of listLast(this.#reports)) this.#count(row, vital, value);
    const stats = this.numbers.finish();
    return new Map(
      [...this.#rows].flatMap(([value, row]) => {
        const found = VITALS.flatMap((vital, index) => {
          const number = VITALS.length * row + index;
          const [one, ratings] = [stats.get(number), this.#ratings[number]];
          return one && ratings ? [{ vital, ratings, ...one }] : [];
        });
        return found.length > 0 ? [[value, found] as const] : [];
      }),
    );
  }

  readonly #readRow = (chunk: Chunk) =>
    this.plan.field ? readField(chunk, this.plan.field, this.plan) : () => ALL;

  #count(row: number, vital: number, value: number): void {
    const number = VITALS.length * row + vital;
    const ratings = this.#ratings[number] ?? [0, 0, 0];
    ratings[rateVital(VITALS[vital] ?? 'LCP', value)] += 1;
    this.#ratings[number] = ratings;
    this.numbers.add(number, value);
  }
}

/** 0 for good, 1 for needs improvement, 2 for poor. */
export function rateVital(vital: Vital, value: number): 0 | 1 | 2 {
  const [good, poor] = THRESHOLDS[vital];
  if (value <= good) return 0;
  return value <= poor ? 1 : 2;
}

/** By row of the events: which vital it reports; -1 for none. Undefined where none does. */
export function readVitals(chunk: Chunk): Int8Array | undefined {
  const names = chunk.property().get('name');
  const isVital = selectNamed(chunk, EVENT, undefined);
  if (!names || !isVital?.includes(1)) return undefined;
  const vitals = new Int8Array(chunk.events).fill(-1);
  for (const [index, row] of names.rows.entries())
    if (isVital[row] === 1) vitals[row] = NAMES.indexOf(textAt(names.text, index));
  return vitals;
}

/** Of each page load, the last value of each vital that is reported again. */
function* listLast(reports: Report[]): Generator<Report> {
  reports.sort(
    (a, b) =>
      a.session - b.session ||
      compareTexts(a.page, b.page) ||
      a.timestamp - b.timestamp ||
      // A load begins before what it reports at the same time.
      Number(b.vital === TTFB) - Number(a.vital === TTFB) ||
      a.arrival - b.arrival ||
      a.value - b.value,
  );
  let last: (Report | undefined)[] = [];
  let before: Report | undefined;
  for (const report of reports) {
    const isSamePage = before?.session === report.session && before.page === report.page;
    if (!isSamePage || report.vital === TTFB) {
      yield* last.filter((one) => one !== undefined);
      last = [];
    }
    if (report.vital !== TTFB) last[report.vital] = report;
    before = report;
  }
  yield* last.filter((one) => one !== undefined);
}

const compareTexts = (a: string, b: string): number => {
  if (a === b) return 0;
  return a < b ? -1 : 1;
};
