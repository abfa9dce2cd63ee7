/** Rows of edges, whatever the text of an element holds. */
import { expect, it } from 'vitest';
import { boundRowKey, EDGE_SEPARATOR, splitEdge } from '../../src/events/dimensions.js';
import { toClickMap } from '../../src/reports/click-map.js';
import { addBatch, emptyRollup } from '../../src/rollup/aggregate.js';
import { decodeRollup, encodeSplit } from '../../src/rollup/rollup-codec.js';
import { batchOf } from '../reports/log.js';

const text = `Log out${EDGE_SEPARATOR}ann@example.com${EDGE_SEPARATOR}/cart`;
const target = `a “${text}”`;

it('an element is named by its whole text, before it is stored and after', () => {
  const rollup = emptyRollup();
  const click = { event_type: 'click', timestamp: 0, page_url: '/p', element_tag: 'a', element_text: text };
  addBatch(rollup, { ...batchOf('s', [click]), received_at: 0, expires_at: 0 }, { hash: () => 1n });
  for (const numbers of [rollup, decodeRollup(encodeSplit(rollup))]) {
    expect(toClickMap(numbers, '/p', 10).targets).toMatchObject([{ target, clicks: 1 }]);
  }
});

it('a pair has two parts, each cut by itself', () => {
  expect(splitEdge(`/p${EDGE_SEPARATOR}${target}`)).toEqual(['/p', target]);
  expect(splitEdge('(other)')).toEqual(['(other)']);
  const [page, element = ''] = splitEdge(
    boundRowKey(`/p${EDGE_SEPARATOR}${`x${EDGE_SEPARATOR}`.repeat(600)}`),
  );
  expect(page).toBe('/p');
  expect(element.length).toBeLessThanOrEqual(512);
});
