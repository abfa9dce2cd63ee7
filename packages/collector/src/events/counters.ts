/** The additive numbers of any set of events: adding two sets' numbers gives the numbers of both. */

export const COUNTERS = [
  'events',
  'page_views',
  'clicks',
  'conversions',
  /** Page views numbered 1: sessions that began. On a page's row: first views of the page in a session. */
  'sessions',
  /** Page views numbered 2: sessions that did not bounce. */
  'second_views',
  /** Conversions numbered 1: sessions that converted. */
  'converting_sessions',
  /** Sum of `gap_ms`: time that sessions lasted. */
  'duration_ms',
  /** Sum of `engaged_ms`: time that pages were visible and focused. */
  'engaged_ms',
  /** On a page's row: views elsewhere that came from it. Its exits are its views less these. */
  'continued',
  /** Events that arrived long after they happened. */
  'delayed',
  /** Events with which a session became engaged: sessions that did. */
  'engaged_sessions',
] as const;

export type Counter = (typeof COUNTERS)[number];
export type Counters = Record<Counter, number>;

export function noCounters(): Counters {
  return {
    events: 0,
    page_views: 0,
    clicks: 0,
    conversions: 0,
    sessions: 0,
    second_views: 0,
    converting_sessions: 0,
    duration_ms: 0,
    engaged_ms: 0,
    continued: 0,
    delayed: 0,
    engaged_sessions: 0,
  };
}

export function addCounters(into: Counters, from: Counters): void {
  into.events += from.events;
  into.page_views += from.page_views;
  into.clicks += from.clicks;
  into.conversions += from.conversions;
  into.sessions += from.sessions;
  into.second_views += from.second_views;
  into.converting_sessions += from.converting_sessions;
  into.duration_ms += from.duration_ms;
  into.engaged_ms += from.engaged_ms;
  into.continued += from.continued;
  into.delayed += from.delayed;
  into.engaged_sessions += from.engaged_sessions;
}

/** The counters that differ, as `name: left − right`. */
export function counterDifferences(left: Counters, right: Counters): Partial<Counters> {
  return Object.fromEntries(
    COUNTERS.filter((name) => left[name] !== right[name]).map((name) => [name, left[name] - right[name]]),
  );
}

/** Counters as a list in the order of `COUNTERS`, zeros at the end left out. */
export function packCounters(counters: Counters): number[] {
  const packed = COUNTERS.map((name) => counters[name]);
  while (packed.length > 0 && packed[packed.length - 1] === 0) packed.pop();
  return packed;
}

export const addPackedCounters = (into: Counters, packed: readonly number[]): void =>
  addValues(into, (index) => packed[index] ?? 0);

/** Adds values by their place in `COUNTERS`. */
export function addValues(into: Counters, valueAt: (place: number) => number): void {
  for (let place = 0; place < COUNTERS.length; place += 1) addValue(into, place, valueAt(place));
}

/**
 * Adds a value by its place in `COUNTERS`. Spelt out, as in `addCounters`: a question of 30 days does this hundreds of thousands
 * of times, and a field that is named by a variable costs several times as much.
 */
export function addValue(into: Counters, place: number, value: number): void {
  switch (place) {
    case 0:
      into.events += value;
      break;
    case 1:
      into.page_views += value;
      break;
    case 2:
      into.clicks += value;
      break;
    case 3:
      into.conversions += value;
      break;
    case 4:
      into.sessions += value;
      break;
    case 5:
      into.second_views += value;
      break;
    case 6:
      into.converting_sessions += value;
      break;
    case 7:
      into.duration_ms += value;
      break;
    case 8:
      into.engaged_ms += value;
      break;
    case 9:
      into.continued += value;
      break;
    case 10:
      into.delayed += value;
      break;
    case 11:
      into.engaged_sessions += value;
      break;
  }
}
