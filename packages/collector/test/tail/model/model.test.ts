/** The model of the tail: right in every history, and wrong in some of them as soon as one of its rules is switched off. */
import { describe, expect, it } from 'vitest';
import { RULES, type Rule } from './rules.js';
import { runHistory } from './run-history.js';

const HISTORIES = Number(process.env.TAIL_MODEL_HISTORIES ?? 400);
/** The rarest takes some thousand. */
const MAX_HISTORIES = 6_000;

it('answers each question as of its time, no item twice', () => {
  for (let seed = 1; seed <= HISTORIES; seed += 1) {
    const { error, responses } = runHistory(seed);
    expect(error, `history ${seed}`).toBeUndefined();
    expect(responses).toBeGreaterThan(0);
  }
});

describe('needs that', () => {
  it.each(Object.entries(RULES))('%s: %s', (rule) => {
    let seed = 1;
    while (seed <= MAX_HISTORIES && runHistory(seed, rule as Rule).error === undefined) seed += 1;
    expect(seed, 'the first history that goes wrong').toBeLessThanOrEqual(MAX_HISTORIES);
  });
});
