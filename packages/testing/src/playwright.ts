/** `test` with a collector, and `expect` with `toHaveTracked`, for Playwright. */
import { expect as baseExpect, test as baseTest } from '@playwright/test';
import { type ExpectationOptions, toHaveTracked as verdict } from './expectation.js';
import { type Insight, startInsight } from './insight.js';
import { intercept } from './intercept.js';
import type { ExpectedValues } from './match-event.js';

export { type ExpectationOptions, type ExpectedValues, intercept };

export const expect = baseExpect.extend({
  toHaveTracked(insight: Insight, name: string, values?: ExpectedValues, options: ExpectationOptions = {}) {
    const timeoutMs = options.timeoutMs ?? (this.isNot ? 0 : this.timeout);
    return verdict(insight, name, values, { ...options, timeoutMs }, this.isNot);
  },
});

/**
 * `insight` is empty at the start of each test. Whatever the pages of a test send to a collector of yours, and the tracker that
 * they load, is answered by it: your application needs no other settings.
 */
export const test = baseTest.extend<{ insight: Insight }, { insightOfWorker: Insight }>({
  insightOfWorker: [
    // Playwright takes the fixtures that it needs from the pattern, and asks for one.
    async ({ browserName: _ }, use) => {
      const insight = await startInsight();
      await use(insight);
      await insight.close();
    },
    { scope: 'worker' },
  ],
  insight: [
    async ({ insightOfWorker, context }, use) => {
      await insightOfWorker.reset();
      await intercept(context, insightOfWorker);
      await use(insightOfWorker);
    },
    { auto: true },
  ],
});
