/** What the overview shows, against the truth. */
import type { Page } from 'playwright';
import { expect, it } from 'vitest';
import { RETENTION_DAYS, SITE_ZONE } from './bed.js';
import { startOf } from './clock.js';
import { rangeOf } from './questions.js';
import { chooseTab, duration, money, number, percent, pointsOf, rowsOf } from './screen.js';
import type { Shown } from './shown-in.js';
import { METRIC_NAMES, nameOf, sorted } from './told.js';
import {
  arrivedIn,
  bySession,
  counted,
  eventName,
  groups,
  ofSessions,
  pages,
  revenue,
  totals,
} from './truth.js';

const CARDS = {
  visitors: number,
  sessions: number,
  page_views: number,
  views_per_session: number,
  conversions: number,
  conversion_rate: percent,
  bounce_rate: percent,
  average_session_duration_ms: duration,
  average_engaged_ms: duration,
  events: number,
  clicks: number,
} as const;
type Card = keyof typeof CARDS;

/** Six figures are in sight at first. */
const showAllFigures = (page: Page) => page.getByRole('button', { name: 'More metrics' }).click();

export function itShowsTheOverview({ bed, shown, factsIn, now, zone }: Shown): void {
  it('shows totals, how they have changed, and each point of the chart', async () => {
    const range = rangeOf('7d', now, zone);
    const [facts, before] = [factsIn(range), arrivedIn(bed().facts(), range.before)];
    const [is, was] = [totals(facts), totals(before)];
    await shown('view=overview&range=7d&compare=previous', zone, async (page) => {
      const ends = range.starts.map((_, at) => range.starts[at + 1] ?? range.span.to);
      const points = range.starts.map((from, at) => arrivedIn(facts, { from, to: ends[at] ?? 0 }));
      await showAllFigures(page);
      for (const [name, write] of Object.entries(CARDS) as [Card, (value: number | null) => string][]) {
        const card = page.locator(`.total[data-metric=${name}]`);
        expect(await card.locator('.total-value').textContent(), name).toBe(write(is[name]));
        const change = (is[name] ?? 0) / (was[name] ?? 0) - 1;
        const told =
          Math.abs(change) < 0.005 ? 'no change' : `${change > 0 ? '↑' : '↓'} ${percent(Math.abs(change))}`;
        expect(await card.locator('.change').textContent(), name).toBe(`${told} vs. ${write(was[name])}`);
        await card.click();
        expect(await pointsOf(page, METRIC_NAMES[name]), name).toEqual(
          points.map((some) => write(totals(some)[name])),
        );
      }
      const uses = counted(facts.map(({ currency }) => currency));
      const [main = '', ...others] = [...uses]
        .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
        .map(([currency]) => currency);
      const card = page.locator('.total[data-metric=revenue]');
      const amounts = revenue(facts);
      expect(await card.locator('.total-value').textContent()).toBe(money(amounts[main], main));
      expect(await card.locator('.amounts > span').allTextContents()).toEqual(
        others.map((currency) => money(amounts[currency], currency)),
      );
      await card.click();
      for (const currency of [main, ...others]) {
        if (others.length > 0) await page.getByLabel('Currency').selectOption(currency);
        expect(await pointsOf(page, 'Revenue')).toEqual(
          points.map((some) => money(revenue(some)[currency], currency)),
        );
      }
    });
  });

  it('shows each row of each breakdown, and the hours of the week', async () => {
    const facts = factsIn(rangeOf('30d', now, zone));
    const all = totals(facts);
    const seen = pages(facts);
    const session = (of: Parameters<typeof bySession>[1], name = (value: string) => value) =>
      [...bySession(facts, of)].map(([value, row]) => [
        name(value),
        number(row.sessions),
        number(row.page_views),
        percent(row.bounce_rate),
        percent(row.conversion_rate),
      ]);
    const countries = new Intl.DisplayNames('en-GB', { type: 'region' });
    const conversions = groups(
      facts.filter(({ kind }) => kind === 'conversion'),
      ({ type }) => type ?? '',
    );
    const tables: [group: string, tab: string, rows: string[][], table?: string][] = [
      [
        'Pages',
        'Page',
        [...seen].map(([page, row]) => [
          page,
          number(row.page_views),
          number(row.sessions),
          duration(row.average_engaged_ms),
          percent(row.exit_rate),
        ]),
      ],
      ['Pages', 'Landing page', session(({ entry }) => entry)],
      [
        'Pages',
        'Exit page',
        [...seen]
          .filter(([, { exits }]) => exits > 0)
          .map(([page, row]) => [page, number(row.exits), number(row.page_views), percent(row.exit_rate)]),
      ],
      ['Sources', 'Source', session(({ source }) => source, nameOf)],
      ['Sources', 'Channel', session(({ channel }) => channel, nameOf)],
      ['Sources', 'Campaign', session(({ utm }) => utm?.campaign)],
      [
        'Locations',
        'Country',
        session(
          ({ country }) => country,
          (code) => countries.of(code) ?? code,
        ),
      ],
      ['Devices', 'Type', session(({ device }) => device, nameOf), 'Device type'],
      ['Devices', 'Browser', session(({ browser: name }) => name)],
      ['Devices', 'OS', session(({ os }) => os)],
      [
        'Behaviour',
        'Events',
        [...counted(facts.map(eventName))].map(([name, count]) => [nameOf(name), number(count)]),
        'Event name',
      ],
      [
        'Behaviour',
        'Clicks',
        [...counted(facts.map(({ target }) => target))].map(([name, count]) => [name, number(count)]),
        'Clicked element',
      ],
      [
        'Behaviour',
        'Conversions',
        [...conversions].map(([type, own]) => {
          const converted = own.filter(({ nthOfType }) => nthOfType === 1).length;
          return [type, number(own.length), number(converted), percent(converted / (all.sessions ?? 1))];
        }),
        'Conversion type',
      ],
    ];
    await shown('view=overview&range=30d', zone, async (page) => {
      for (const [group, tab, rows, table = tab] of tables) {
        await chooseTab(page, group, tab);
        await expect
          .poll(async () => sorted(await rowsOf(page, table)), { message: tab })
          .toEqual(sorted(rows));
      }
      const days = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
      const format = new Intl.DateTimeFormat('en-GB', {
        timeZone: zone,
        weekday: 'short',
        hour: '2-digit',
        hourCycle: 'h23',
      });
      const at = counted(
        facts
          .filter(({ kind }) => kind === 'page_view')
          .map(({ arrival }) => format.format(arrival).replace(', ', ' ')),
      );
      const expected = days.flatMap((day) =>
        Array.from({ length: 24 }, (_, hour) => {
          const name = `${day} ${String(hour).padStart(2, '0')}`;
          return `${name}:00: ${number(at.get(name) ?? 0)} page views`;
        }),
      );
      expect(
        await page
          .locator('.hour-grid td button')
          .evaluateAll((cells) => cells.map((cell) => cell.getAttribute('aria-label'))),
      ).toEqual(expected);
    });
  });

  it('shows a gap where a filter cannot be answered', async () => {
    const range = rangeOf('90d', now, zone);
    const from = startOf(now - RETENTION_DAYS * 86_400_000, 'day', SITE_ZONE);
    const facts = ofSessions(arrivedIn(bed().facts(), { from, to: now }), ({ country }) => country === 'KR');
    await shown('view=overview&range=90d&country=KR&compare=previous', zone, async (page) => {
      expect(await page.locator('.total[data-metric=events] .total-value').textContent()).toBe(
        number(facts.length),
      );
      expect(await page.locator('.total[data-metric=events] .change').textContent()).toBe('–');
      await showAllFigures(page);
      await page.locator('.total[data-metric=events]').click();
      const ends = range.starts.map((_, at) => range.starts[at + 1] ?? range.span.to);
      expect(await pointsOf(page, 'Events')).toEqual(
        range.starts.map((start, at) =>
          (ends[at] ?? 0) <= from ? '–' : number(arrivedIn(facts, { from: start, to: ends[at] ?? 0 }).length),
        ),
      );
      const when = new Intl.DateTimeFormat('en-GB', {
        timeZone: zone,
        month: 'short',
        day: 'numeric',
        hour: '2-digit',
        minute: '2-digit',
        hourCycle: 'h23',
      });
      expect(await page.locator('.main-chart .unknown text').textContent()).toBe(
        `No data before ${when.format(from)}`,
      );
    });
  });
}
