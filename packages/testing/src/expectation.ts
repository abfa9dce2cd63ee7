/** `toHaveTracked`, as Vitest and Playwright both call it. */
import { describeArrivals, showExpected } from './describe-events.js';
import { type Insight, recordings } from './insight.js';
import type { ExpectedValues } from './match-event.js';

export interface ExpectationOptions {
  /** How long to wait. Default: `timeoutMs` of the collector; with `.not` 0, which looks at what has arrived. */
  timeoutMs?: number;
  /** How many there must be. Default: at least one. */
  times?: number;
}

export interface Verdict {
  pass: boolean;
  message(): string;
}

/**
 * Waits until the event is stored; with `.not` until it is, or the time is over. Requests that the collector has not answered
 * yet are waited for in any case.
 */
export async function toHaveTracked(
  insight: Insight,
  name: string,
  values: ExpectedValues = {},
  options: ExpectationOptions = {},
  isNot = false,
): Promise<Verdict> {
  const parts = recordings.get(insight);
  if (!parts) throw new TypeError('toHaveTracked expects what startInsight() returns: expect(insight)');
  const { times, timeoutMs = isNot ? 0 : insight.timeoutMs } = options;
  const found = () => insight.events(name, values).length;
  const enough = () => (found() >= (times ?? 1) ? true : undefined);
  await parts.recording.waitFor(enough, timeoutMs);
  if (isNot || times !== undefined) await parts.answered();
  const count = found();
  const expected = showExpected(name, values);
  const howOften = times === undefined ? '' : ` ${times} ${times === 1 ? 'time' : 'times'}`;
  const pass = times === undefined ? count > 0 : count === times;
  return {
    pass,
    message: () =>
      pass
        ? `expected ${expected} not to be tracked${howOften}, but it was${times === undefined ? ` ${count} times` : ''}`
        : [
            `expected ${expected} to be tracked${howOften} within ${timeoutMs} ms${count > 0 ? `, but it was ${count} times` : ''}`,
            `sent to ${insight.endpoint}`,
            '',
            describeArrivals(parts.recording, name, values),
          ].join('\n'),
  };
}
