/** How far sessions come on a way of steps. Pure. */
import type { FunnelStep } from '@liveinsight/schema';

/** A step, and how long after the one before it may be taken, in ms. Default: any time. */
export interface StepMatcher<Event> {
  isTakenBy(event: Event): boolean;
  withinMs?: number;
}

/**
 * When a session took each step, in ms: as many as it came to. Each step is another event, at or after the one before
 * and within the step's own time of it, and all of them within `withinMs` of the first. Of ways that come equally far,
 * the one that was first there.
 *
 * @param events of one session, in the order they happened
 */
export function matchFunnel<Event extends { timestamp: number }>(
  events: Event[],
  steps: StepMatcher<Event>[],
  withinMs = Number.POSITIVE_INFINITY,
): number[] {
  let furthest: number[] = [];
  // By steps taken, the ways there that can still come further, oldest end first.
  const ways: number[][][] = steps.map(() => []);
  for (const event of events) {
    const { timestamp } = event;
    // From the last step down, so that no event is taken for two.
    for (let at = steps.length - 1; at >= 0; at -= 1) {
      const step = steps[at];
      if (!step?.isTakenBy(event)) continue;
      const before = at === 0 ? [] : latestStarted(ways[at - 1] ?? [], timestamp, step.withinMs);
      if (!before || timestamp - (before[0] ?? timestamp) > withinMs) continue;
      const way = [...before, timestamp];
      ways[at] = pushCandidate(ways[at] ?? [], way, steps[at + 1]?.withinMs);
      if (way.length > furthest.length) furthest = way;
    }
  }
  return furthest;
}

/** Of the ways from which a step at that time is within its time, the one that began last: if that can't come further, none can. */
function latestStarted(ways: number[][], timestamp: number, withinMs = Number.POSITIVE_INFINITY) {
  // The later a way ended, the earlier it began: any other is left out by `pushCandidate`.
  return ways.find((way) => timestamp - (way.at(-1) ?? timestamp) <= withinMs);
}

/** The ways, and one that ended later than all: those that are no better than it, for a next step of that time, are left out. */
function pushCandidate(ways: number[][], way: number[], nextWithinMs: number | undefined): number[][] {
  const begun = way[0] ?? 0;
  const [first] = ways;
  if (nextWithinMs === undefined) return !first || begun > (first[0] ?? 0) ? [way] : ways;
  const ended = way.at(-1) ?? 0;
  return [...ways.filter((one) => (one[0] ?? 0) > begun && ended - (one.at(-1) ?? 0) <= nextWithinMs), way];
}

/** @param ways of the sessions: when each took each step it came to */
export function funnelOf(steps: { step: string }[], ways: number[][]): FunnelStep[] {
  const reached = steps.map((_, at) => ways.filter((way) => way.length > at).length);
  const first = reached[0] ?? 0;
  return steps.map(({ step }, at) => {
    const sessions = reached[at] ?? 0;
    const before = at === 0 ? sessions : (reached[at - 1] ?? 0);
    const times = at === 0 ? [] : ways.filter((way) => way.length > at).map((way) => elapsed(way, at));
    return {
      step,
      sessions,
      from_previous: before > 0 ? sessions / before : 0,
      from_first: first > 0 ? sessions / first : 0,
      dropped: before - sessions,
      median_ms: median(times),
    };
  });
}

const elapsed = (way: number[], at: number): number => (way[at] ?? 0) - (way[at - 1] ?? 0);

/** Of an even count the mean of the middle two. */
function median(numbers: number[]): number | null {
  if (numbers.length === 0) return null;
  const sorted = numbers.toSorted((a, b) => a - b);
  const [low = 0, high = 0] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  return (low + high) / 2;
}
