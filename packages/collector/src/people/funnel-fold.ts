/** How far sessions come on a way of steps. Pure. */
import type { FunnelStep } from '@liveinsight/schema';
import type { FunnelStepAsked } from './funnel-steps.js';

/**
 * When a session took each step, in ms: as many as it came to. Each step is another event, at or after the one before,
 * and all of them within `withinMs` of the first. Of ways that come equally far, the one that was first there.
 *
 * @param events of one session, in the order they happened
 */
export function wayOf<Event extends { timestamp: number }>(
  events: Event[],
  steps: ((event: Event) => boolean)[],
  withinMs = Number.POSITIVE_INFINITY,
): number[] {
  let furthest: number[] = [];
  // By steps taken: the way there that began last. If that one can't come further in time, none can.
  const ways: (number[] | undefined)[] = [];
  for (const event of events) {
    const { timestamp } = event;
    // From the last step down, so that no event is taken for two.
    for (let at = steps.length - 1; at >= 0; at -= 1) {
      if (!steps[at]?.(event)) continue;
      const before = at === 0 ? [] : ways[at - 1];
      if (!before || timestamp - (before[0] ?? timestamp) > withinMs) continue;
      const way = [...before, timestamp];
      const known = ways[at];
      if (!known || (way[0] ?? 0) > (known[0] ?? 0)) ways[at] = way;
      if (way.length > furthest.length) furthest = way;
    }
  }
  return furthest;
}

/** @param ways of the sessions: when each took each step it came to */
export function funnelOf(steps: Pick<FunnelStepAsked, 'step'>[], ways: number[][]): FunnelStep[] {
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
