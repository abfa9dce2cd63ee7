/** How a question is asked of the dashboard, and how it is answered, in each language. */
import type { Page } from 'playwright';
import type { Dashboard } from '../dashboard.js';
import type { Reader } from '../reader.js';
import { cellsOf } from '../table.js';

export const SOON = { timeout: 30_000 };
export const LANGUAGES = { en: 'en-GB', ko: 'ko-KR' } as const;
export type Language = keyof typeof LANGUAGES;

export interface Asked {
  page: Page;
  reader: Reader;
  language: Language;
}

/** By what each asks: goes the way from the opened dashboard, and expects the numbers. */
export type Questions = Record<string, (asked: Asked, dashboard: Dashboard) => Promise<void>>;

/** How the page writes numbers for its readers. */
export function writing(language: Language) {
  const locale = LANGUAGES[language];
  const number = new Intl.NumberFormat(locale);
  const percent = (maximumFractionDigits: number) =>
    new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits }).format;
  const change = (write: (share: number) => string) => (now: number, before: number) => {
    const change = now / before - 1;
    return Math.abs(change) < 0.005 ? '±0' : `${change > 0 ? '↑' : '↓'} ${write(Math.abs(change))}`;
  };
  return {
    count: (value: number) => number.format(value),
    percent: percent(1),
    euros: (value: number) =>
      new Intl.NumberFormat(locale, {
        style: 'currency',
        currency: 'EUR',
        ...(value >= 1_000 ? { maximumFractionDigits: 0 } : {}),
      }).format(value),
    /** In tables of a report, without fractions. */
    change: change(percent(0)),
    /** In tables of the overview. */
    exactChange: change(percent(1)),
  };
}

export const say = ({ language }: Asked, en: string, ko: string) => (language === 'en' ? en : ko);
export const open = (asked: Asked, en: string, ko: string) =>
  asked.reader.press(
    asked.page
      .getByRole('navigation')
      .first()
      .getByRole('link', { name: say(asked, en, ko), exact: true }),
  );
export const tab = (asked: Asked, en: string, ko: string) =>
  asked.reader.press(asked.page.getByRole('tab', { name: say(asked, en, ko), exact: true }).first());
export const button = (asked: Asked, en: string | RegExp, ko: string | RegExp) =>
  asked.reader.press(
    asked.page.getByRole('button', { name: asked.language === 'en' ? en : ko, exact: true }).first(),
  );
/** Without the links behind a row's name. */
export const rows = async (asked: Asked, en: string, ko: string): Promise<string[][]> =>
  (await cellsOf(asked.page, say(asked, en, ko))).map((cells) =>
    cells.map((cell) => cell.replace(/[↗≡]/g, '').trim()),
  );
export const first = (table: string[][], columns: number) => table.map((cells) => cells.slice(0, columns));
export const figure = ({ page }: Asked, name: string) =>
  page
    .locator('.report-figures > div', { has: page.getByRole('button', { name, exact: true }) })
    .locator('b');
