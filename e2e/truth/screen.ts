/** Numbers as the page writes them for readers of British English, and where on the page they stand. */
import type { Locator, Page } from 'playwright';
import { rowsInDialog } from '../dashboard/table.js';

const intl = (options: Intl.NumberFormatOptions) => (value: number) =>
  new Intl.NumberFormat('en-GB', options).format(value);
const plain = intl({ maximumFractionDigits: 1 });
const inPercent = intl({ style: 'percent', maximumFractionDigits: 1 });
const unit = (name: string) => intl({ style: 'unit', unit: name, unitDisplay: 'narrow' });

export const number = (value: number | null): string => (value === null ? '–' : plain(value));
export const percent = (share: number | null): string => (share === null ? '–' : inPercent(share));

export function duration(ms: number | null): string {
  if (ms === null) return '–';
  const total = Math.round(ms / 1_000);
  const [hours, minutes, seconds] = [Math.floor(total / 3_600), Math.floor((total % 3_600) / 60), total % 60];
  if (hours > 0) return `${unit('hour')(hours)} ${unit('minute')(minutes)}`;
  return minutes > 0 ? `${unit('minute')(minutes)} ${unit('second')(seconds)}` : unit('second')(seconds);
}

/** Without cents from a thousand on. */
export const money = (value: number | undefined, currency: string): string =>
  intl({
    style: 'currency',
    currency,
    ...(Math.abs(value ?? 0) >= 1_000 ? { maximumFractionDigits: 0 } : {}),
  })(value ?? 0);

/** Rows of a table: the name of each, and the texts of its other cells. All rows: those that are not here are in its dialog. */
export async function rowsOf(page: Page, table: string): Promise<string[][]> {
  const found = page.getByRole('table', { name: table, exact: true });
  const whole = found.locator('xpath=ancestor::div[contains(@class, "data-table")]').locator('.whole');
  const count = Number((await whole.textContent({ timeout: 1_000 }).catch(() => ''))?.match(/\d+/)?.[0] ?? 0);
  if (count <= (await found.locator('tbody tr').count())) return readRows(found);
  if ((await whole.getAttribute('aria-expanded')) === 'false') {
    await whole.click();
    return readRows(found);
  }
  if ((await whole.getAttribute('aria-expanded')) === 'true') return readRows(found);
  await whole.click();
  const dialog = page.getByRole('dialog', { name: table, exact: true });
  const rows = await rowsInDialog(dialog);
  await dialog.getByRole('button', { name: 'Close' }).click();
  return rows;
}

const readRows = (table: Locator): Promise<string[][]> =>
  table
    .locator('tbody tr')
    .evaluateAll((rows) =>
      rows.map((row) => [
        row.querySelector('th bdi, th a')?.textContent ?? row.querySelector('th')?.textContent ?? '',
        ...[...row.querySelectorAll('td')].map((cell) => cell.textContent ?? ''),
      ]),
    );

/** Shows a dimension of a group: by its tab, or where there are too many for tabs, by the menu behind them. */
export async function chooseTab(page: Page, group: string, tab: string): Promise<void> {
  const panel = page.getByRole('region', { name: group, exact: true });
  const shown = panel.getByRole('tab', { name: tab, exact: true });
  await panel.getByRole('tab').first().waitFor();
  if ((await shown.count()) > 0) await shown.click();
  else await panel.getByLabel('Other dimensions').selectOption({ label: tab });
}

/** What each point of a chart says, key by key, as soon as it says which one it is at. */
export const pointsOf = (page: Page, label: string): Promise<string[]> =>
  page.getByRole('slider', { name: label, exact: true }).evaluate(async (chart) => {
    const told: string[] = [];
    const last = Number(chart.getAttribute('aria-valuemax'));
    for (let at = 0; at <= last; at += 1) {
      const key = at === 0 ? 'Home' : 'ArrowRight';
      chart.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
      while (
        !chart.parentElement?.querySelector('.chart-tip') ||
        chart.getAttribute('aria-valuenow') !== String(at)
      )
        await new Promise((resolve) => setTimeout(resolve));
      told.push((chart.getAttribute('aria-valuetext') ?? '').replace(/^.*: /s, ''));
    }
    return told;
  });

/** Named numbers beside each other. */
export const figuresOf = (page: Page, label: string): Promise<Record<string, string>> =>
  page
    .locator(`dl[aria-label="${label}"] > div`)
    .evaluateAll((all) =>
      Object.fromEntries(
        all.map((one) => [one.querySelector('dt')?.textContent, one.querySelector('dd')?.textContent]),
      ),
    );
