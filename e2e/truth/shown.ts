/** What the dashboard shows, read from the page as a browser draws it, against the truth. */

import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasChromium, launchChromium } from '../../scripts/launch-chromium.mjs';
import { openDashboard } from '../dashboard/dashboard.js';
import { RETENTION_DAYS, SITE_ZONE, type TruthBed } from './bed.js';
import { startOf } from './clock.js';
import type { Fact } from './history.js';
import { type Range, rangeOf } from './questions.js';
import { chooseTab, duration, figuresOf, money, number, percent, pointsOf, rowsOf } from './screen.js';
import { nameOf } from './told.js';
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
import { clicks, cohorts, converts, funnel, journeys, views } from './ways.js';

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
const NAMES: Record<Card | 'revenue', string> = {
  visitors: 'Visitors',
  sessions: 'Sessions',
  page_views: 'Page views',
  views_per_session: 'Views per session',
  conversions: 'Conversions',
  conversion_rate: 'Conversion rate',
  bounce_rate: 'Bounce rate',
  average_session_duration_ms: 'Avg. session duration',
  average_engaged_ms: 'Avg. engagement time',
  events: 'Events',
  clicks: 'Clicks',
  revenue: 'Revenue',
};
const COFFEE = '/블로그/제주 커피';

/** Six figures are in sight at first. */
const showAllFigures = (page: Page) => page.getByRole('button', { name: 'More metrics' }).click();

export function describeShown(bed: () => TruthBed, now: number, zones: string[]): void {
  describe.skipIf(!hasChromium)('on the page', () => {
    let browser: Browser;
    beforeAll(async () => {
      browser = await launchChromium();
    });
    afterAll(() => browser?.close());

    async function shown(search: string, zone: string, check: (page: Page) => Promise<void>): Promise<void> {
      const { page, complaints, close } = await openDashboard(
        browser,
        bed().collector.url,
        `?${search}&timezone=${zone}`,
        {
          before: (context) => context.clock.setFixedTime(now),
        },
      );
      await page.locator('.answered[aria-busy=false], #active-5').first().waitFor();
      await check(page);
      expect(complaints).toEqual([]);
      await close();
    }
    const factsIn = ({ span }: Pick<Range, 'span'>): Fact[] => arrivedIn(bed().facts(), span);
    const sorted = (rows: string[][]) => rows.toSorted((a, b) => ((a[0] ?? '') < (b[0] ?? '') ? -1 : 1));

    describe.each(zones)('in %s', (zone) => {
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
              Math.abs(change) < 0.005
                ? 'no change'
                : `${change > 0 ? '↑' : '↓'} ${percent(Math.abs(change))}`;
            expect(await card.locator('.change').textContent(), name).toBe(`${told} vs. ${write(was[name])}`);
            await card.click();
            expect(await pointsOf(page, NAMES[name]), name).toEqual(
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
              .map(([page, row]) => [
                page,
                number(row.exits),
                number(row.page_views),
                percent(row.exit_rate),
              ]),
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
        const facts = ofSessions(
          arrivedIn(bed().facts(), { from, to: now }),
          ({ country }) => country === 'KR',
        );
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
              (ends[at] ?? 0) <= from
                ? '–'
                : number(arrivedIn(facts, { from: start, to: ends[at] ?? 0 }).length),
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

      it('shows a page, a source and an hour', async () => {
        const range = rangeOf('7d', now, zone);
        const facts = factsIn(range);
        const ends = range.starts.map((_, at) => range.starts[at + 1] ?? range.span.to);
        await shown(`view=page&range=7d&path=${encodeURIComponent(COFFEE)}`, zone, async (page) => {
          const truth = pages(facts).get(COFFEE);
          if (!truth) throw new Error('nobody saw it');
          expect(await figuresOf(page, 'Page')).toEqual({
            'Page views': number(truth.page_views),
            Sessions: number(truth.sessions),
            Entrances: number(truth.entries),
            Exits: number(truth.exits),
            'Exit rate': percent(truth.exit_rate),
            'Avg. engagement time': duration(truth.average_engaged_ms),
            Clicks: number(truth.clicks),
          });
          const seen = facts.filter(views(COFFEE));
          expect(await pointsOf(page, 'Page views')).toEqual(
            range.starts.map((from, at) => number(arrivedIn(seen, { from, to: ends[at] ?? 0 }).length)),
          );
          const ways = journeys(facts);
          expect(sorted(await rowsOf(page, 'Previous pages'))).toEqual(
            sorted(
              ways.filter(({ to }) => to === COFFEE).map(({ from, views: count }) => [from, number(count)]),
            ),
          );
          expect(sorted(await rowsOf(page, 'Next pages'))).toEqual(
            sorted(
              ways.filter(({ from }) => from === COFFEE).map(({ to, views: count }) => [to, number(count)]),
            ),
          );
          expect(sorted(await rowsOf(page, 'Clicked elements'))).toEqual(
            sorted(
              clicks(facts, COFFEE).targets.map(({ target, clicks: count, share }) => [
                target,
                number(count),
                percent(share),
              ]),
            ),
          );
        });
        const details = async (
          page: Page,
          label: string,
          some: Fact[],
          drawn: 'sessions' | 'page_views',
          starts: number[],
          end: number,
        ) => {
          const truth = totals(some);
          const money_ = Object.keys(truth.revenue ?? {});
          const { Revenue, ...figures } = await figuresOf(page, label);
          expect(figures).toEqual({
            Visitors: number(truth.visitors),
            Sessions: number(truth.sessions),
            'Page views': number(truth.page_views),
            Events: number(truth.events),
            Conversions: number(truth.conversions),
            'Conversion rate': percent(truth.conversion_rate),
            'Bounce rate': percent(truth.bounce_rate),
          });
          expect(Revenue?.split(' · ').sort()).toEqual(
            money_.length > 0
              ? money_.map((currency) => money(truth.revenue?.[currency], currency)).sort()
              : undefined,
          );
          expect(await pointsOf(page, NAMES[drawn])).toEqual(
            starts.map((from, at) =>
              number(totals(arrivedIn(some, { from, to: starts[at + 1] ?? end }))[drawn]),
            ),
          );
        };
        await shown('view=source&range=7d&name=google', zone, (page) =>
          details(
            page,
            'Source',
            ofSessions(facts, ({ source }) => source === 'google'),
            'sessions',
            range.starts,
            range.span.to,
          ),
        );
        // Of those that are over: of one under way nothing is drawn beyond now.
        const isOver = ({ arrival }: Fact) => arrival - (arrival % 3_600_000) + 3_600_000 <= now;
        const hours = groups(facts.filter(isOver), ({ arrival }) => arrival - (arrival % 3_600_000));
        const busiest = [...hours].sort((a, b) => b[1].length - a[1].length)[0];
        if (!busiest) throw new Error('nothing happened');
        const [hour, inHour] = busiest;
        const strips = Array.from({ length: 12 }, (_, at) => hour + at * 300_000);
        await shown(
          `view=hour&range=${new Date(hour).toISOString()}..${new Date(hour + 3_600_000).toISOString()}`,
          zone,
          (page) => details(page, 'Hour', inHour, 'page_views', strips, hour + 3_600_000),
        );
      });

      it('shows sessions one by one', async () => {
        const facts = factsIn(rangeOf('24h', now, zone));
        const last = groups(facts, ({ session }) => session.id);
        const order = [...last.keys()].sort(
          (a, b) =>
            Math.max(...(last.get(b) ?? []).map(({ arrival }) => arrival)) -
            Math.max(...(last.get(a) ?? []).map(({ arrival }) => arrival)),
        );
        const whole = groups(bed().facts(), ({ session }) => session.id);
        await shown('view=sessions&range=24h', zone, async (page) => {
          const rows = await page
            .locator('.data-table tbody tr')
            .evaluateAll((all) =>
              all.map((row) => [
                row.querySelector('a')?.dataset.sessionId,
                ...[...row.querySelectorAll('td')].map((cell) => cell.textContent),
              ]),
            );
          expect(rows.map(([id, entry, at, , , , , ...numbers]) => [id, entry, at, ...numbers])).toEqual(
            order.map((id) => {
              const own = (whole.get(id) ?? []).toSorted((a, b) => a.time - b.time);
              const seen = own.filter(({ kind }) => kind === 'page_view');
              return [
                id,
                own[0]?.session.entry,
                seen.at(-1)?.page,
                number(seen.length),
                number(own.length),
                number(own.filter(({ kind }) => kind === 'conversion').length),
                duration((own.at(-1)?.time ?? 0) - (own[0]?.time ?? 0)),
              ];
            }),
          );
        });
      });

      it('shows funnels, journeys, clicks and retention', async () => {
        const facts = factsIn(rangeOf('7d', now, zone));
        const steps = `page:/,page:${COFFEE},conversion:purchase`;
        await shown(`view=funnels&range=7d&steps=${encodeURIComponent(steps)}`, zone, async (page) => {
          const truth = funnel(facts, [views('/'), views(COFFEE), converts('purchase')]);
          const first = truth.steps[0]?.sessions ?? 0;
          const names = ['1. Visited /', `2. Visited ${COFFEE}`, '3. Triggered purchase'];
          await page.getByRole('table', { name: 'Funnels' }).waitFor();
          expect(await rowsOf(page, 'Funnels')).toEqual(
            truth.steps.map(({ sessions, median }, at) => {
              const before = truth.steps[at - 1]?.sessions ?? sessions;
              const next = truth.steps[at + 1]?.sessions;
              return [
                names[at],
                number(sessions),
                percent(sessions / first),
                percent(sessions / before),
                number(next === undefined ? null : sessions - next),
                duration(median),
              ];
            }),
          );
          expect(await page.locator('.aside').first().textContent()).toBe(
            `${number(first)} of ${number(truth.sessions)} sessions entered the funnel`,
          );
        });
        await shown('view=journeys&range=7d', zone, async (page) => {
          await page.getByRole('table', { name: 'Journeys' }).waitFor();
          await rowsOf(page, 'Journeys');
          const told = await page
            .locator('.ways tbody tr')
            .evaluateAll((all) =>
              all.map((row) => [...row.querySelectorAll('th, td')].map((cell) => cell.textContent ?? '')),
            );
          const key = ([from, to]: string[]) => `${from} ${to}`;
          const byKey = (a: string[], b: string[]) => (key(a) < key(b) ? -1 : 1);
          expect(told.sort(byKey)).toEqual(
            journeys(facts)
              .map(({ from, to, views: count, share }) => [from, to, number(count), percent(share)])
              .sort(byKey),
          );
        });
        await shown(`view=click-map&range=7d&path=${encodeURIComponent(COFFEE)}`, zone, async (page) => {
          const truth = clicks(facts, COFFEE);
          await page.getByRole('table', { name: 'Clicks' }).waitFor();
          expect(await page.locator('.click-totals dd').allTextContents()).toEqual([
            number(truth.views),
            number(truth.clicks),
            number(truth.clicks / truth.views),
          ]);
          expect(sorted(await rowsOf(page, 'Clicks'))).toEqual(
            sorted(
              truth.targets.map(({ target, clicks: count, share, per_view }) => [
                target,
                number(count),
                percent(share),
                percent(per_view),
              ]),
            ),
          );
        });
        await shown('view=retention', zone, async (page) => {
          await page.getByRole('table', { name: 'Retention' }).waitFor();
          const truth = cohorts(bed().facts(), now, RETENTION_DAYS, zone);
          const told = (await rowsOf(page, 'Retention'))
            .map((cells) => cells.slice(1).filter(Boolean))
            .slice(0, -1);
          expect(told).toEqual(
            truth.map(({ isKnown, visitors, returned }) =>
              isKnown
                ? [
                    `≤ ${number(visitors)}`,
                    ...returned.map(
                      (count) => `${percent(visitors > 0 ? count / visitors : 0)} ${number(count)}`,
                    ),
                  ]
                : ['–'],
            ),
          );
        });
      });
    });

    it('shows who is here now', async () => {
      await shown('view=now', SITE_ZONE, async (page) => {
        const here = (minutes: number) =>
          arrivedIn(bed().facts(), { from: now - minutes * 60_000 + 1, to: now + 1 });
        const sessions = (facts: Fact[]) => new Set(facts.map(({ session }) => session.id)).size;
        await expect.poll(() => page.locator('#active-5').textContent()).toBe(number(sessions(here(5))));
        expect(await page.locator('#active-30').textContent()).toBe(number(sessions(here(30))));
      });
    });
  });
}
