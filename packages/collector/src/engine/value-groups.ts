/** Events grouped by a value of theirs: who sent them, from which pages, and when. Pure. */
import { MAX_GROUP_PAGES, MAX_REPORT_GROUPS, MAX_ROW_DISTINCT_BYTES } from '../budgets.js';
import type { Chunk, EventKind, Group } from '../columns/chunk.js';
import { OTHER } from '../events/over-budget.js';
import { BoundedRows } from './bounded-rows.js';
import { RowDistinct } from './row-distinct.js';
import { getRestrictionGroups, type Restriction, type Selection, type Span } from './selection.js';

export type ValueAt = (event: number) => string | undefined;

/** How a chunk's events are grouped. */
export interface GroupReaders {
  value: ValueAt;
  /** The page that an event came from. */
  page: ValueAt;
  /** Present where a group has releases. */
  release?: ValueAt;
}

export interface ValueGroupsPlan extends Restriction {
  isCounted(kind: EventKind): boolean;
  read(chunk: Chunk): GroupReaders;
  /** What must be read for that. */
  groups: readonly Group[];
  /** Whether it is wanted when events happened and arrived. */
  hasTimes: boolean;
}

/** When something happened first and last, in ms. */
export interface Period {
  first: number;
  last: number;
}

export interface ValueGroup {
  value: string;
  events: number;
  sessions: number;
  visitors: number;
  /** Those with the most events first. */
  pages: { page: string; events: number }[];
  /** With times. */
  seen: Period;
  /** With times: arrival of the newest event, in ms. */
  lastArrival: number;
  /** Those that were seen first are first. */
  releases: (Period & { release: string; events: number })[];
}

export const getValueGroupsGroups = (plan: ValueGroupsPlan, span: Span): Set<Group> =>
  new Set<Group>([
    ...getRestrictionGroups(plan, span),
    ...(['context', 'ids', 'event'] as const),
    ...plan.groups,
    ...(plan.hasTimes ? (['arrival', 'time'] as const) : []),
  ]);

interface Counted {
  row: number;
  events: number;
  pages: Map<string, number>;
  seen: Period;
  lastArrival: number;
  releases: Map<string, Period & { events: number }>;
}

/** By event, in ms. */
interface Times {
  arrival: Float64Array;
  timestamp: Float64Array;
}

/** What an event without a value, page or release has, or with an empty one. */
const UNKNOWN = '(unknown)';

export class ValueGroups {
  readonly #groups: BoundedRows<Counted>;
  readonly #sessions: RowDistinct;
  readonly #visitors: RowDistinct;
  /** Pages and releases of all groups. */
  #parts = 0;
  #partsOver = 0;

  constructor(
    readonly plan: ValueGroupsPlan,
    readonly max = {
      groups: MAX_REPORT_GROUPS,
      parts: MAX_GROUP_PAGES,
      distinctBytes: MAX_ROW_DISTINCT_BYTES,
    },
  ) {
    this.#sessions = new RowDistinct(max.distinctBytes);
    this.#visitors = new RowDistinct(max.distinctBytes);
    this.#groups = new BoundedRows(max.groups, createGroup);
  }

  /** How many times a value, a page or a release was counted as `(other)`. */
  get over(): number {
    return this.#groups.over + this.#partsOver;
  }

  /** Of how many sessions or visitors one is counted: 1 while all are. */
  get share(): number {
    return Math.max(this.#sessions.share, this.#visitors.share);
  }

  add(chunk: Chunk, { contexts, events }: Selection): void {
    const { kind, kinds } = chunk.event();
    const isCounted = kinds.map((one) => this.plan.isCounted(one));
    if (!isCounted.includes(true)) return;
    const readers = this.plan.read(chunk);
    const { session, visitor, count, firstEvent } = chunk.context();
    const ids = chunk.ids().session;
    const times = this.plan.hasTimes ? { arrival: chunk.arrival(), ...chunk.time() } : undefined;
    for (let context = 0; context < count; context += 1) {
      if (contexts?.[context] === 0) continue;
      const number = session[context] ?? 0;
      for (let event = firstEvent[context] ?? 0; event < (firstEvent[context + 1] ?? 0); event += 1) {
        if (!isCounted[kind[event] ?? 0] || events?.[event] === 0) continue;
        const group = this.#addEvent(event, readers, times);
        this.#sessions.add(group.row, ids.high[number] ?? 0, ids.low[number] ?? 0);
        this.#visitors.add(group.row, visitor.high[context] ?? 0, visitor.low[context] ?? 0);
      }
    }
  }

  #addEvent(event: number, readers: GroupReaders, times: Times | undefined): Counted {
    const group = this.#groups.find(readers.value(event) || UNKNOWN);
    group.events += 1;
    const page = this.#fit(group.pages, readers.page(event) || UNKNOWN);
    group.pages.set(page, (group.pages.get(page) ?? 0) + 1);
    if (!times) return group;
    const happened = times.timestamp[event] ?? 0;
    widen(group.seen, happened);
    group.lastArrival = Math.max(group.lastArrival, times.arrival[event] ?? 0);
    if (!readers.release) return group;
    const release = this.#fit(group.releases, readers.release(event) || UNKNOWN);
    const found = group.releases.get(release) ?? { ...createPeriod(), events: 0 };
    group.releases.set(release, found);
    found.events += 1;
    widen(found, happened);
    return group;
  }

  /** Those with the most events first. */
  finish(): ValueGroup[] {
    return [...this.#groups]
      .map(([value, { row, events, pages, seen, lastArrival, releases }]) => ({
        ...{ value, events, seen, lastArrival },
        sessions: this.#sessions.count(row),
        visitors: this.#visitors.count(row),
        pages: [...pages]
          .map(([page, count]) => ({ page, events: count }))
          .sort((a, b) => b.events - a.events || compareTexts(a.page, b.page)),
        releases: [...releases]
          .map(([release, found]) => ({ release, ...found }))
          .sort((a, b) => a.first - b.first || compareTexts(a.release, b.release)),
      }))
      .sort((a, b) => b.events - a.events || compareTexts(a.value, b.value));
  }

  /** The name that it counts as: `(other)` where there are too many. */
  #fit(parts: ReadonlyMap<string, unknown>, name: string): string {
    if (parts.has(name)) return name;
    if (this.#parts >= this.max.parts) {
      if (name !== OTHER) this.#partsOver += 1;
      return OTHER;
    }
    this.#parts += 1;
    return name;
  }
}

const createGroup = (row: number): Counted => ({
  row,
  events: 0,
  pages: new Map(),
  seen: createPeriod(),
  lastArrival: Number.NEGATIVE_INFINITY,
  releases: new Map(),
});

const createPeriod = (): Period => ({ first: Number.POSITIVE_INFINITY, last: Number.NEGATIVE_INFINITY });

function widen(period: Period, time: number): void {
  period.first = Math.min(period.first, time);
  period.last = Math.max(period.last, time);
}

const compareTexts = (a: string, b: string): number => {
  if (a === b) return 0;
  return a < b ? -1 : 1;
};
