/** Whether an experiment that is looked at daily is wrong as rarely as it says. All runs are seeded. */
import { describe, expect, it } from 'vitest';
import { compareRates } from '../../src/engine/confidence-sequence.js';
import { checkSplit, logGamma } from '../../src/engine/split-check.js';

const DAYS = 60;
const RUNS = 1_000;
const ALPHA = 0.05;

/** Mulberry32. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let bits = Math.imul(state ^ (state >>> 15), 1 | state);
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Successes of so many trials: one by one where they are few, else by the normal distribution. */
function binomial(random: () => number, trials: number, rate: number): number {
  if (trials * Math.min(rate, 1 - rate) < 30) {
    let successes = 0;
    for (let trial = 0; trial < trials; trial += 1) if (random() < rate) successes += 1;
    return successes;
  }
  const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const count = Math.round(trials * rate + normal * Math.sqrt(trials * rate * (1 - rate)));
  return Math.min(Math.max(count, 0), trials);
}

interface Scenario {
  visitorsPerDay: number;
  /** Share of the variant. */
  share: number;
  rate: number;
  /** What the variant's rate is more. */
  effect?: number;
  /** Which part of those who are still to convert do so each day. Default: all on their first. */
  perDay?: number;
}

/** The day of the first look at which the interval is beside zero; undefined where there is none. */
function findDecision(seed: number, { visitorsPerDay, share, rate, effect = 0, perDay = 1 }: Scenario) {
  const random = createRandom(seed);
  const control = { share: 1 - share, rate, pending: 0, visitors: 0, conversions: 0 };
  const variant = { ...control, share, rate: rate + effect };
  for (let day = 1; day <= DAYS; day += 1) {
    for (const group of [control, variant]) {
      const arrived = binomial(random, visitorsPerDay, group.share);
      group.visitors += arrived;
      group.pending += binomial(random, arrived, group.rate);
      const converted = binomial(random, group.pending, perDay);
      group.pending -= converted;
      group.conversions += converted;
    }
    const difference = compareRates(variant, control, ALPHA);
    if (difference && (difference.low > 0 || difference.high < 0)) return { day, difference };
  }
  return undefined;
}

const decisions = (scenario: Scenario, runs = RUNS) =>
  Array.from({ length: runs }, (_, seed) => findDecision(seed + 1, scenario)).filter(
    (one) => one !== undefined,
  );

describe('an interval that is looked at daily', () => {
  it.each<[string, Scenario]>([
    ['few visitors and conversions', { visitorsPerDay: 50, share: 0.5, rate: 0.02 }],
    ['an ordinary shop', { visitorsPerDay: 400, share: 0.5, rate: 0.05 }],
    ['many visitors', { visitorsPerDay: 20_000, share: 0.5, rate: 0.03 }],
    ['a tenth of the visitors', { visitorsPerDay: 400, share: 0.1, rate: 0.02 }],
    ['a fiftieth of the visitors', { visitorsPerDay: 400, share: 0.02, rate: 0.03 }],
    ['every second visitor converts', { visitorsPerDay: 100, share: 0.5, rate: 0.5 }],
    ['nearly all convert', { visitorsPerDay: 200, share: 0.5, rate: 0.95 }],
    ['conversions days later', { visitorsPerDay: 300, share: 0.5, rate: 0.1, perDay: 0.1 }],
    ['half convert, weeks later', { visitorsPerDay: 300, share: 0.5, rate: 0.5, perDay: 0.06 }],
  ])('finds a difference where there is none in at most 5 % of experiments: %s', (_, scenario) => {
    expect(decisions(scenario).length / RUNS).toBeLessThanOrEqual(ALPHA);
  });

  it('finds a real difference, of the right sign', () => {
    const found = decisions({ visitorsPerDay: 400, share: 0.5, rate: 0.05, effect: 0.02 }, 200);
    expect(found.length / 200).toBeGreaterThan(0.9);
    expect(found.every(({ difference }) => difference.low > 0)).toBe(true);
  });

  it('has the real difference at all looks together in at least 95 % of experiments', () => {
    const scenario = { visitorsPerDay: 400, share: 0.5, rate: 0.05 };
    let missed = 0;
    for (let seed = 1; seed <= RUNS; seed += 1) {
      const random = createRandom(seed);
      const [control, variant] = [
        { visitors: 0, conversions: 0 },
        { visitors: 0, conversions: 0 },
      ];
      let isMissed = false;
      for (let day = 1; day <= DAYS; day += 1) {
        for (const [group, rate] of [
          [control, scenario.rate],
          [variant, scenario.rate + 0.02],
        ] as const) {
          group.visitors += scenario.visitorsPerDay / 2;
          group.conversions += binomial(random, scenario.visitorsPerDay / 2, rate);
        }
        const difference = compareRates(variant, control, ALPHA);
        if (difference && (difference.low > 0.02 || difference.high < 0.02)) isMissed = true;
      }
      if (isMissed) missed += 1;
    }
    expect(missed / RUNS).toBeLessThanOrEqual(ALPHA);
  });

  it('is not there while too few have converted, or have not', () => {
    const control = { visitors: 1_000, conversions: 40 };
    expect(compareRates({ visitors: 1_000, conversions: 9 }, control, ALPHA)).toBeUndefined();
    expect(compareRates({ visitors: 1_000, conversions: 10 }, control, ALPHA)).toBeDefined();
    expect(compareRates({ visitors: 0, conversions: 0 }, control, ALPHA)).toBeUndefined();
    const all = { visitors: 1_000, conversions: 1_000 };
    expect(compareRates(all, all, ALPHA)).toBeUndefined();
    // None of many is known well, beside many of as many.
    expect(
      compareRates({ visitors: 1_000, conversions: 0 }, { visitors: 1_000, conversions: 100 }, ALPHA)?.high,
    ).toBeLessThan(0);
  });
});

describe('the check of the split', () => {
  const looks = (seed: number, real: number[], intended: number[], perDay: number): boolean => {
    const random = createRandom(seed);
    const counts = intended.map(() => 0);
    for (let day = 1; day <= DAYS; day += 1) {
      let [left, rest] = [perDay, 1];
      for (const [index, share] of real.entries()) {
        const count = index === real.length - 1 ? left : binomial(random, left, share / rest);
        counts[index] = (counts[index] ?? 0) + count;
        left -= count;
        rest -= share;
      }
      if (checkSplit(counts, intended) < 0.01) return true;
    }
    return false;
  };
  const rejected = (real: number[], intended: number[], perDay: number) =>
    Array.from({ length: RUNS }, (_, seed) => looks(seed + 1, real, intended, perDay)).filter(Boolean)
      .length / RUNS;

  it.each([
    { shares: [0.5, 0.5], perDay: 100 },
    { shares: [0.9, 0.1], perDay: 400 },
    { shares: [0.2, 0.3, 0.5], perDay: 5_000 },
  ])('rejects what is split as intended in at most 1 % of experiments: $shares', ({ shares, perDay }) => {
    expect(rejected(shares, shares, perDay)).toBeLessThanOrEqual(0.01);
  });

  it('finds that some of the visitors of one variant are lost', () => {
    expect(rejected([0.48, 0.52], [0.5, 0.5], 1_000)).toBeGreaterThan(0.99);
  });

  it('finds nothing in no visitors', () => {
    expect(checkSplit([0, 0], [0.5, 0.5])).toBe(1);
  });

  it('knows the logarithm of the gamma function', () => {
    let factorial = 0;
    for (let number = 1; number < 170; number += 1) {
      expect(logGamma(number)).toBeCloseTo(factorial, 9);
      factorial += Math.log(number);
    }
    expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.PI) / 2, 10);
  });
});
