/** The model of stored columns: right in every history, and wrong in some of them as soon as one of its rules is switched off. */
import { describe, expect, it } from 'vitest';
import { RULES, type Rule } from './rules.js';
import { runHistory } from './run-history.js';

const HISTORIES = Number(process.env.SEGMENTS_MODEL_HISTORIES ?? 600);
/** The rarest takes some thousand. */
const MAX_HISTORIES = 12_000;

it('has each event of a day once, and nothing of who was erased', () => {
  for (let seed = 1; seed <= HISTORIES; seed += 1)
    expect(runHistory(seed), `history ${seed}`).toBeUndefined();
});

describe('needs that', () => {
  it.each(Object.entries(RULES))('%s: %s', (rule) => {
    let seed = 1;
    const isNeededIn = (seed: number) =>
      runHistory(seed, rule as Rule) !== undefined && runHistory(seed) === undefined;
    while (seed <= MAX_HISTORIES && !isNeededIn(seed)) seed += 1;
    expect(seed, 'the first history that goes wrong').toBeLessThanOrEqual(MAX_HISTORIES);
  });
});
