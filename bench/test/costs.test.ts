import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { PAGE, withTables } from '../costs/page.js';

it('the page on cost says what the model says: node bench/costs/page.js', () => {
  const page = readFileSync(PAGE, 'utf8');
  expect(page).toBe(withTables(page));
});
