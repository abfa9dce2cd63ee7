import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { PAGE, withTables } from '../comparison/page.js';

it('the page of comparison gives our sizes as built, and what was measured: node bench/comparison/page.js', () => {
  const page = readFileSync(PAGE, 'utf8');
  expect(page).toBe(withTables(page));
});
