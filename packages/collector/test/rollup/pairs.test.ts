/** Rows of pairs, whatever the text of an element holds. */
import { expect, it } from 'vitest';
import { boundRowKey, PAIR, partsOf } from '../../src/events/dimensions.js';
import { clickMapOf } from '../../src/reports/click-map.js';
import { emptyRollup, foldBatch } from '../../src/rollup/aggregate.js';
import { decodeRollup, encodeSplit } from '../../src/rollup/rollup-codec.js';
import { batchOf } from '../people/log.js';

const text = `Log out${PAIR}ann@example.com${PAIR}/cart`;
const target = `a “${text}”`;

it('an element is named by its whole text, before it is stored and after', () => {
  const rollup = emptyRollup();
  const click = { event_type: 'click', timestamp: 0, page_url: '/p', element_tag: 'a', element_text: text };
  foldBatch(rollup, { ...batchOf('s', [click]), received_at: 0, expires_at: 0 }, { hash: () => 1n });
  for (const numbers of [rollup, decodeRollup(encodeSplit(rollup))]) {
    expect(clickMapOf(numbers, '/p', 10).targets).toMatchObject([{ target, clicks: 1 }]);
  }
});

it('a pair has two parts, each cut by itself', () => {
  expect(partsOf(`/p${PAIR}${target}`)).toEqual(['/p', target]);
  expect(partsOf('(other)')).toEqual(['(other)']);
  const [page, element = ''] = partsOf(boundRowKey(`/p${PAIR}${`x${PAIR}`.repeat(600)}`));
  expect(page).toBe('/p');
  expect(element.length).toBeLessThanOrEqual(512);
});
