/** Removed values are in no column of a chunk, and their events count as before. */
import { serialize } from 'node:v8';
import { expect, it } from 'vitest';
import { GROUPS, textAt } from '../../src/columns/chunk.js';
import { createChunkBuilder } from '../../src/columns/chunk-builder.js';
import { withoutValues } from '../../src/columns/without-values.js';
import { DIMENSIONS } from '../../src/events/dimensions.js';
import { batchOf } from '../reports/log.js';

const event = (page: string, props: Record<string, string>) => ({
  ...{ event_type: 'custom', name: `opened ${page}`, timestamp: 5, page_title: `Title ${page}`, props },
  page_url: `https://shop.example/${page}`,
});

function build() {
  const builder = createChunkBuilder({ hash: () => 1n, from: 0, to: 10 });
  const events = [
    event('alice', { of: 'alice' }),
    event('alice2', { of: 'bob' }),
    event('bob', { of: 'bob' }),
  ];
  const batch = batchOf('s', events);
  builder.add({ ...batch, source: 'alice', received_at: 1, expires_at: 0 });
  return builder.build();
}

it('are in no group where no breakdown is named', () => {
  const chunk = build();
  const isUnwanted = (value: string) => value.includes('alice');
  const cleaned = withoutValues(chunk, { isUnwanted, dimensions: DIMENSIONS });
  expect(cleaned?.events).toBe(3);
  for (const group of GROUPS)
    expect(serialize(cleaned?.[group]()).toString('latin1'), group).not.toContain('alice');
  const page = cleaned?.event().page;
  expect(page && [0, 1, 2].map((row) => textAt(page, row)).sort()).toEqual(['(other)', '(other)', '/bob']);
});

it('of one breakdown leave the others as they are', () => {
  const chunk = build();
  const cleaned = withoutValues(chunk, { isUnwanted: (value) => value === '/alice', dimensions: ['page'] });
  expect(cleaned?.event().page.values).toEqual(expect.arrayContaining(['(other)', '/alice2', '/bob']));
  expect(cleaned?.detail().title.values).toContain('Title alice');
});

it('that are not there change nothing', () => {
  expect(withoutValues(build(), { isUnwanted: () => false, dimensions: DIMENSIONS })).toBeUndefined();
});
