/** A page of the log weighs what its budget says once it is inflated, however little it takes at rest. */

import { sampleBatch, sampleEvent } from '@liveinsight/testing/contracts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { MAX_LOG_PAGE_BYTES, MAX_READ_BYTES } from '../../src/budgets.js';
import { readNewestBatches } from '../../src/event-log/read-newest.js';
import { createSites } from '../../src/sites/site-registry.js';
import type { StoredBatch } from '../../src/storage/event-store.js';
import { type DynamoStack, startDynamoStack } from '../stack.js';

const BATCHES = 300;
const EVENTS = 3;
const site = createSites({ sites: [{ id: 'shop' }] }).get('shop');

let stack: DynamoStack;
beforeAll(async () => {
  stack = await startDynamoStack({ rollUpEverySeconds: 0 });
  const props = Object.fromEntries(Array.from({ length: 63 }, (_, at) => [`p${at}`, 'x'.repeat(1_024)]));
  for (let at = 0; at < BATCHES; at += 1) {
    const events = Array.from({ length: EVENTS }, (_, n) => ({ ...sampleEvent(`e${at}-${n}`), props }));
    await stack.store.append({ ...sampleBatch([`e${at}`], { session_id: `s${at}` }), events });
  }
}, 60_000);
afterAll(() => stack.close());

const weight = (batches: StoredBatch[]) =>
  batches.reduce((sum, { events }) => sum + JSON.stringify(events).length, 0);

it('is read page by page, each within the budget, none of its batches twice or left out', async () => {
  const now = stack.store.now();
  const day = new Date(now).toISOString().slice(0, 10);
  const names: string[] = [];
  let pages = 0;
  let units = 0;
  let after: string | undefined;
  do {
    const query = { site: 'shop', day, shard: 0, from: now - 3_600_000, to: now + 60_000, limit: 1_000 };
    const page = await stack.store.arrivals(after === undefined ? query : { ...query, after });
    // The batch that goes over the budget is the last.
    expect(weight(page.batches)).toBeLessThan(1.1 * MAX_LOG_PAGE_BYTES);
    names.push(...page.batches.map(({ batch }) => batch));
    units += page.readUnits;
    after = page.next;
    pages += 1;
  } while (after !== undefined);
  expect(new Set(names).size).toBe(BATCHES);
  expect(names.length).toBe(BATCHES);
  // 58 MB in pages of 4 MB; what was read and not used does not cost the whole log again for each of them.
  expect(pages).toBeLessThan(20);
  expect(units).toBeLessThan(4 * (BATCHES / 4));
});

it('is read up to a budget by a question, which is told from when on it is whole', async () => {
  if (!site) throw new Error('there is a site');
  const now = stack.store.now();
  const { batches, truncated: cut } = await readNewestBatches(stack.store, site, {
    from: now - 3_600_000,
    to: now + 60_000,
    limit: 20_000,
  });
  expect(cut).toBe(true);
  expect(weight(batches)).toBeLessThan(1.1 * MAX_READ_BYTES);
  expect(batches.at(-1)?.batch).toBe(`e${BATCHES - 1}`);
});
