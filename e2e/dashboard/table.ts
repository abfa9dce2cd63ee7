/** What a table on the page says. */
import type { Locator, Page } from 'playwright';
import { expect } from 'vitest';

const SOON = { timeout: 30_000 };

/** The texts of each row's cells, the row's name first. */
export const cellsOf = (page: Page, table: string): Promise<string[][]> =>
  page
    .getByRole('table', { name: table, exact: true })
    .locator('tbody tr')
    .evaluateAll((rows) =>
      rows.map((row) => [...row.querySelectorAll('th, td')].map((cell) => cell.textContent ?? '')),
    );

/** All rows of a table in a dialog, which has those in sight alone in the page: name and cells of each, gone through to the end. */
export async function rowsInDialog(dialog: Locator): Promise<string[][]> {
  const table = dialog.getByRole('table');
  const rows = new Map<number, string[]>();
  let count = Number.POSITIVE_INFINITY;
  while (rows.size < count) {
    const seen = rows.size;
    await expect
      .poll(async () => {
        count = Number(await table.getAttribute('aria-rowcount')) - 1;
        for (const [at, cells] of await table.evaluate(readLoaded)) rows.set(at, cells);
        return rows.size > seen || rows.size === count;
      }, SOON)
      .toBe(true);
    await table.evaluate((element) => element.parentElement?.scrollBy(0, element.parentElement.clientHeight));
  }
  return [...rows].sort(([a], [b]) => a - b).map(([, cells]) => cells);
}

/** Runs in the page. */
const readLoaded = (table: Element): [number, string[]][] =>
  [...table.querySelectorAll('tbody tr')].flatMap((row): [number, string[]][] => {
    const name = row.querySelector('th bdi')?.textContent;
    const cells = [...row.querySelectorAll('td')].map((cell) => cell.textContent ?? '');
    return name == null ? [] : [[Number(row.getAttribute('aria-rowindex')), [name, ...cells]]];
  });

/** Numbers as the page writes them for its English readers; what is not known has none. */
export const plain = (value: number | null): string =>
  value === null ? '–' : new Intl.NumberFormat('en-GB', { maximumFractionDigits: 1 }).format(value);

export const percent = (share: number): string =>
  new Intl.NumberFormat('en-GB', { style: 'percent', maximumFractionDigits: 1 }).format(share);
