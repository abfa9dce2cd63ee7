/** Adds `toHaveTracked` to Vitest's `expect`: import it once, for example in a setup file. */
import { expect } from 'vitest';
import { type ExpectationOptions, toHaveTracked as verdict } from './expectation.js';
import type { Insight } from './insight.js';
import type { ExpectedValues } from './match-event.js';

export type { ExpectationOptions, ExpectedValues };

/** What `expect.extend` gets. */
export const matchers = {
  toHaveTracked(
    this: { isNot?: boolean },
    insight: Insight,
    name: string,
    values?: ExpectedValues,
    options?: ExpectationOptions,
  ) {
    return verdict(insight, name, values, options, this.isNot);
  },
};

expect.extend(matchers);

interface TrackingMatchers {
  /** Waits until the event is stored: `name` as `track` has it, or a type as `page_view`. `.not` looks at what has arrived. */
  toHaveTracked(name: string, values?: ExpectedValues, options?: ExpectationOptions): Promise<void>;
}

declare module 'vitest' {
  interface Matchers<T> extends TrackingMatchers {}
}
