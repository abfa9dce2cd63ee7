/** What the documentation says of options is what their types, and the commands themselves, say. */
import { expect, it } from 'vitest';
import { pagesWithTables } from '../docs/scripts/options-tables.mjs';

it('tables of options are up to date (if not: npm run docs:options)', async () => {
  const pages = await pagesWithTables();
  expect(Object.keys(pages).sort()).toEqual([
    'docs/reference/cli.md',
    'docs/reference/collector.md',
    'docs/reference/node.md',
    'docs/reference/tracker.md',
  ]);
  for (const [path, { is, should }] of Object.entries(pages)) expect(is, path).toBe(should);
});
