/** How far sessions come on a way of steps. Pure. */
import type { FunnelStep } from '@liveinsight/schema';

/** A step, and how long after the one before it may be taken, in ms. Default: any time. */
export interface StepMatcher<Event> {
  matches(event: Event): boolean;
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
  const candidates: number[][][] = steps.map(() => []);
  for (const event of events) {
    const { timestamp } = event;
    // From the last step down, so that no event is taken for two.
    for (let index = steps.length - 1; index >= 0; index -= 1) {
      const step = steps[index];
      if (!step?.matches(event)) continue;
      const before = index === 0 ? [] : latestStarted(candidates[index - 1] ?? [], timestamp, step.withinMs);
      if (!before || timestamp - (before[0] ?? timestamp) > withinMs) continue;
      const candidate = [...before, timestamp];
      candidates[index] = pushCandidate(candidates[index] ?? [], candidate, steps[index + 1]?.withinMs);
      if (candidate.length > furthest.length) furthest = candidate;
    }
  }
  return furthest;
}

/** Of the ways from which a step at that time is within its time, the one that began last: if that can't come further, none can. */
function latestStarted(candidates: number[][], timestamp: number, withinMs = Number.POSITIVE_INFINITY) {
  // The later a way ended, the earlier it began: any other is left out by `pushCandidate`.
  return candidates.find((candidate) => timestamp - (candidate.at(-1) ?? timestamp) <= withinMs);
}

/** The ways, and one that ended later than all: those that are no better than it, for a next step of that time, are left out. */
function pushCandidate(
  candidates: number[][],
  candidate: number[],
  nextWithinMs: number | undefined,
): number[][] {
  const startedAt = candidate[0] ?? 0;
  const [first] = candidates;
  if (nextWithinMs === undefined) return !first || startedAt > (first[0] ?? 0) ? [candidate] : candidates;
  const endedAt = candidate.at(-1) ?? 0;
  return [
    ...candidates.filter((one) => (one[0] ?? 0) > startedAt && endedAt - (one.at(-1) ?? 0) <= nextWithinMs),
    candidate,
  ];
}

/**
 * @param candidates of the sessions: when each took each step it came to
 * @param weight sessions that each one stands for, where they are a sample
 */
export function toFunnelSteps(
  steps: readonly { step: string }[],
  candidates: number[][],
  weight = 1,
): FunnelStep[] {
  const reached = steps.map((_, index) =>
    Math.round(weight * candidates.filter((candidate) => candidate.length > index).length),
  );
  const first = reached[0] ?? 0;
  return steps.map(({ step }, index) => {
    const sessions = reached[index] ?? 0;
    const before = index === 0 ? sessions : (reached[index - 1] ?? 0);
    const times =
      index === 0
        ? []
        : candidates
            .filter((candidate) => candidate.length > index)
            .map((candidate) => elapsed(candidate, index));
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

const elapsed = (candidate: number[], index: number): number =>
  (candidate[index] ?? 0) - (candidate[index - 1] ?? 0);

/** Of an even count the mean of the middle two. */
function median(values: number[]): number | null {
  if (values.length === 0) return null;
  const sorted = values.toSorted((a, b) => a - b);
  const [low = 0, high = 0] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  return (low + high) / 2;
}
