import type { ExperimentData } from '@liveinsight/schema';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toExperimentNumbers } from '../../src/reports/experiment-result.js';
import { type Stack, startStack } from '../stack.js';
import { appendAll, ask, batchOf, type Happened, HOUR_MS, MINUTE_MS, view } from './log.js';

const AT = Date.now() - 5 * HOUR_MS;
const seen = (variant: string | number, timestamp = AT): Happened =>
  view('/', timestamp, { props: { variant } });
const bought = (timestamp: number): Happened => ({
  event_type: 'conversion',
  conversion_type: 'purchase',
  timestamp,
});

describe('GET /api/experiment', () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack();
    await appendAll(stack.store, [
      batchOf('a1', [seen('control')]),
      batchOf('a2', [seen('control'), bought(AT + 1)]),
      // On the way there, and again: once.
      batchOf('b1', [seen('blue'), bought(AT + 1), bought(AT + MINUTE_MS)]),
      // In another session of the visitor, that arrived first.
      batchOf('b2-later', [bought(AT + HOUR_MS)], { visitor_id: 'b2', received_at: AT - HOUR_MS }),
      batchOf('b2', [seen('blue')], { visitor_id: 'b2' }),
      // Before anything was seen.
      batchOf('b3', [bought(AT - MINUTE_MS), seen('blue')]),
      batchOf('both', [seen('control'), seen('blue', AT + 1), bought(AT + 2)]),
      batchOf('none', [bought(AT)]),
      batchOf('third', [seen(3)]),
    ]);
  });
  afterAll(() => stack.close());

  const get = (query: string) => ask<ExperimentData>(stack, `/experiment?from=24h&${query}`);

  it('compares the visitors of each variant, and leaves out those who saw several', async () => {
    const { code, data, message } = await get('prop=variant&goal=purchase&split=control:50,blue:50');
    expect(code, message).toBe(200);
    expect(data).toMatchObject({
      ...{ prop: 'variant', goal: 'purchase', control: 'control', confidence: 0.95 },
      variants: [
        {
          variant: 'control',
          visitors: 2,
          conversions: 1,
          conversion_rate: 0.5,
          lift: null,
          difference: null,
        },
        { variant: 'blue', visitors: 3, conversions: 2, conversion_rate: 2 / 3, difference: null },
      ],
      excluded: { several_variants: 1, other_variants: 1 },
      split: { p_value: 1, mismatch: false },
      result: { code: 'too_few' },
    });
    expect(data.variants[1]?.lift).toBeCloseTo(1 / 3);
    expect(data).toHaveProperty('as_of');
  });

  it('takes all variants where none are named, and numbers as names', async () => {
    const { data } = await get('prop=prop:variant&goal=conversion:purchase&control=3');
    expect(data.variants.map(({ variant, visitors }) => [variant, visitors])).toEqual([
      ['3', 1],
      ['blue', 3],
      ['control', 2],
    ]);
    expect((await get('prop=none&goal=purchase')).data).toMatchObject({
      control: null,
      variants: [],
      split: { p_value: null, mismatch: null },
      result: { code: 'no_visitors' },
    });
  });

  it('looks at the sessions that pass filters', async () => {
    const { data } = await get('prop=variant&goal=purchase&conversion_type=purchase');
    expect(data.variants.map(({ variant, visitors }) => [variant, visitors])).toEqual([
      ['control', 1],
      ['blue', 2],
    ]);
  });

  it.each([
    ['prop', 'goal=purchase'],
    ['goal', 'prop=variant'],
    ['goal', 'prop=variant&goal=signup:1'],
    ['split', 'prop=variant&goal=purchase&split=control'],
    ['split', 'prop=variant&goal=purchase&split=control:1'],
    ['split', 'prop=variant&goal=purchase&split=control:0,blue:1'],
    ['control', 'prop=variant&goal=purchase&split=a:1,b:1&control=c'],
    ['confidence', 'prop=variant&goal=purchase&confidence=95'],
    ['variant', 'variant=1&prop=variant&goal=purchase'],
  ])('rejects a bad %s: %s', async (name, query) => {
    const { code, data } = await get(query);
    expect(code).toBe(400);
    expect(data.issues[0]?.path).toBe(name);
  });
});

describe('the result of an experiment', () => {
  const numbers = (counts: [string, number, number][], share = 1) =>
    toExperimentNumbers(
      { control: undefined, split: undefined, confidence: 0.95 },
      counts.map(([variant, visitors, conversions]) => ({ variant, visitors, conversions })),
      share,
    );

  it.each([
    [
      'variant_better',
      'blue',
      [
        ['control', 5_000, 250],
        ['blue', 5_050, 400],
      ],
    ],
    [
      'control_better',
      'control',
      [
        ['control', 5_000, 400],
        ['blue', 5_050, 250],
      ],
    ],
    [
      'undecided',
      undefined,
      [
        ['control', 5_000, 250],
        ['blue', 5_050, 270],
      ],
    ],
    [
      'undecided',
      undefined,
      [
        ['control', 5_000, 400],
        ['blue', 5_050, 250],
        ['red', 4_900, 390],
      ],
    ],
    [
      'variant_better',
      'red',
      [
        ['control', 5_000, 250],
        ['blue', 5_050, 400],
        ['red', 4_950, 500],
      ],
    ],
    [
      'split_mismatch',
      undefined,
      [
        ['control', 5_000, 250],
        ['blue', 6_000, 500],
      ],
    ],
    ['one_variant', undefined, [['control', 5_000, 250]]],
  ] as [string, string | undefined, [string, number, number][]][])(
    'is %s (%s): %j',
    (code, variant, counts) => {
      const { result } = numbers(counts);
      expect(result).toMatchObject({ code, ...(variant === undefined ? {} : { variant }) });
    },
  );

  it('counts a sample of visitors as what it is, multiplied', () => {
    const [one, four] = [1, 4].map((share) =>
      numbers(
        [
          ['control', 5_000, 250],
          ['blue', 5_050, 400],
        ],
        share,
      ),
    );
    expect(four?.variants[1]).toMatchObject({ visitors: 20_200, conversions: 1_600 });
    expect(four?.variants[1]?.difference).toEqual(one?.variants[1]?.difference);
  });
});
