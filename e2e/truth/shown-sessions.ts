/** What the dashboard shows of single sessions, of now and of alerts, read from the page, against the truth. */
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasChromium, launchChromium } from '../../scripts/launch-chromium.mjs';
import { type Opened, openDashboard } from '../dashboard/dashboard.js';
import { NOON, RATED_SITE, REPORTING, SITE_ZONE, type TruthBed } from './bed.js';
import { type Fact, linesOf, type Session } from './history.js';
import { rangeOf } from './questions.js';
import { chooseTab, duration, money, number, percent, pointsOf, rowsOf } from './screen.js';
import { expectAlertsShown } from './shown-alerts.js';
import {
  byArrival,
  byTime,
  clock,
  countries,
  detailOf,
  languages,
  lasted,
  nameOf,
  pageOf,
  sorted,
  sourceName,
  whatOf,
} from './told.js';
import { arrivedIn, bySession, counted, groups, revenue } from './truth.js';

const MINUTE_MS = 60_000;
const FIVE_MINUTES_MS = 5 * MINUTE_MS;

export function describeSessionsShown(bed: () => TruthBed, now: number): void {
  describe.skipIf(!hasChromium)('one by one on the page', () => {
    let opened: Opened;
    let page: Page;
    beforeAll(async () => {
      const browser = await launchChromium();
      opened = await openDashboard(browser, bed().collector.url, '?view=alerts', {
        before: (context) => context.clock.setFixedTime(now),
      });
      page = opened.page;
    });
    afterAll(async () => {
      expect(opened?.complaints).toEqual([]);
      await opened?.page.context().browser()?.close();
    });
    const show = (search: string) =>
      page.goto(`${bed().collector.url}/dashboard/?${search}&timezone=${SITE_ZONE}`);
    const recent = (minutes: number) =>
      arrivedIn(bed().facts(), { from: now - minutes * MINUTE_MS + 1, to: now + 1 });

    it('are who is here, where, and what they do', async () => {
      const here = [...groups(byArrival(recent(30)), ({ session }) => session.id).values()];
      const whole = groups(bed().facts(), ({ session }) => session.id);
      const all = (own: Fact[]) => whole.get(own[0]?.session.id ?? '') ?? [];
      expect(here.length).toBeGreaterThan(5);
      await show('view=now');
      await expect.poll(() => page.locator('#active-30').textContent()).toBe(number(here.length));
      const active = new Set(recent(5).map(({ session }) => session.id)).size;
      expect(await page.locator('#active-5').textContent()).toBe(number(active));
      const second = now - (now % 1_000);
      const inMinute = arrivedIn(bed().facts(), { from: second - 59_000, to: now + 1 }).length;
      expect(await page.locator('#last-minute').textContent()).toBe(number(inMinute));

      const minute = clock(SITE_ZONE, {});
      const strips = Array.from(
        { length: 20 },
        (_, at) => now - (now % FIVE_MINUTES_MS) - (19 - at) * FIVE_MINUTES_MS,
      );
      expect(await page.locator('#strips title').allTextContents()).toEqual(
        strips.map((start) => {
          const facts = arrivedIn(bed().facts(), {
            from: start,
            to: Math.min(start + FIVE_MINUTES_MS, now + 1),
          });
          const views = facts.filter(({ kind }) => kind === 'page_view').length;
          return `${minute(start)}–${minute(start + FIVE_MINUTES_MS)}: ${number(facts.length)} events, ${number(views)} page views`;
        }),
      );

      const rows = await page
        .locator('#sessions li')
        .evaluateAll((items) =>
          items.map((item) =>
            ['.page', '.time', '.who', '.count'].map((part) => item.querySelector(part)?.textContent ?? ''),
          ),
        );
      const newestFirst = here.toSorted((a, b) => (b.at(-1)?.arrival ?? 0) - (a.at(-1)?.arrival ?? 0));
      expect(rows).toEqual(
        newestFirst.slice(0, 30).map((own) => {
          const { session } = own[0] as Fact;
          const views = all(own).filter(({ kind }) => kind === 'page_view').length;
          return [
            pageOf(all(own)),
            duration(lasted(all(own))),
            [sourceName(session), countries.of(session.country), session.browser, session.os].join(' · '),
            views === 1 ? '1 page view' : `${number(views)} page views`,
          ];
        }),
      );

      const values: [string, (own: Fact[], session: Session) => string][] = [
        ['Active pages', (own) => pageOf(all(own))],
        ['Sources', (_, session) => sourceName(session)],
        ['Countries', (_, { country }) => countries.of(country) ?? ''],
        ['Devices', (_, { device }) => nameOf(device)],
      ];
      for (const [title, of] of values) {
        const shown = await page
          .getByRole('list', { name: title, exact: true })
          .locator('li')
          .evaluateAll((items) =>
            items.map((item) => ['bdi', '.count'].map((part) => item.querySelector(part)?.textContent ?? '')),
          );
        const truth = counted(here.map((own) => of(own, (own[0] as Fact).session)));
        expect(sorted(shown), title).toEqual(
          sorted([...truth].map(([name, count]) => [name, number(count)])),
        );
      }

      const time = clock(SITE_ZONE, { second: '2-digit' });
      const facts = new Map(
        bed()
          .facts()
          .map((fact) => [fact.id, fact]),
      );
      for (const [list, parts] of [
        ['events', ['time', '.kind', '.page', '.detail', '.session']],
        ['conversions', ['time', '.kind', '.page', '.session']],
      ] as const) {
        const shown = await page
          .locator(`#${list} li`)
          .evaluateAll(
            (items, of) =>
              items.map((item) => [
                item.getAttribute('data-event-id') ?? '',
                ...of.map((part) => item.querySelector(part)?.textContent ?? ''),
              ]),
            [...parts],
          );
        if (list === 'events') expect(shown.length).toBeGreaterThan(10);
        const arrivals = shown.map(([id = '']) => facts.get(id)?.arrival ?? 0);
        expect(arrivals).toEqual(arrivals.toSorted((a, b) => b - a));
        for (const [id = '', ...texts] of shown) {
          const fact = facts.get(id);
          if (!fact) throw new Error(`nothing of the name ${id} happened`);
          const kind =
            list === 'events' ? [whatOf(fact), fact.page, detailOf(fact)] : [detailOf(fact), fact.page];
          expect(texts).toEqual([time(fact.arrival), ...kind, fact.session.id.slice(-6)]);
        }
      }
    });

    it('tell their story, and where they come from', async () => {
      const facts = arrivedIn(bed().facts(), rangeOf('24h', now, SITE_ZONE).span);
      const whole = groups(bed().facts(), ({ session }) => session.id);
      const [longest = []] = [...groups(facts, ({ session }) => session.id).keys()]
        .map((id) => whole.get(id) ?? [])
        .sort((a, b) => b.length - a.length);
      const [first] = byTime(longest);
      if (!first) throw new Error('nobody came');
      const { session } = first;
      await show(`view=sessions&range=24h&session=${session.id}`);
      await page.locator('.session-panel .timeline li').first().waitFor();
      const moment = clock(SITE_ZONE, { month: 'short', day: 'numeric' });
      const time = clock(SITE_ZONE, { second: '2-digit' });
      const told = await page
        .locator('.session-panel .facts > div')
        .evaluateAll((all) => all.map((one) => [...one.children].map((part) => part.textContent)));
      expect(told).toEqual([
        ['Started', moment(Math.min(...longest.map(({ arrival }) => arrival)))],
        ['Duration', duration(lasted(longest))],
        ['Source', sourceName(session)],
        ['Location', countries.of(session.country)],
        ['Device', `${session.browser} · ${session.os}`],
        ['Events', number(longest.length)],
      ]);
      const story = await page
        .locator('.session-panel .timeline li')
        .evaluateAll((all) =>
          all.map((one) =>
            ['time', '.kind', '.soft', '.page', '.detail'].map(
              (part) => one.querySelector(part)?.textContent?.trim() ?? '',
            ),
          ),
        );
      expect(story).toEqual(
        byTime(longest).map((fact, at, all) => {
          const gap = fact.time - (all[at - 1]?.time ?? fact.time);
          const since = gap >= 1_000 ? `+${duration(gap)}` : '';
          return [time(fact.time), whatOf(fact), since, fact.page, detailOf(fact)];
        }),
      );
      const cells = await page
        .locator('.data-table tbody tr')
        .evaluateAll((all) =>
          all.map((row) => [
            row.querySelector('a')?.dataset.sessionId ?? '',
            ...[...row.querySelectorAll('td')].slice(2, 6).map((cell) => cell.textContent),
          ]),
        );
      for (const [id = '', ...from] of cells) {
        const of = whole.get(id ?? '')?.[0]?.session;
        if (!of) throw new Error(`no session has the name ${id}`);
        expect(from).toEqual([sourceName(of), countries.of(of.country), `${of.browser} · ${of.os}`, '–']);
      }
    });

    it('are counted by whatever they have one of', async () => {
      const facts = arrivedIn(bed().facts(), rangeOf('30d', now, SITE_ZONE).span);
      const tabs: [group: string, tab: string, of: (session: Session) => string | undefined][] = [
        [
          'Sources',
          'Referrer',
          ({ referrer }) => referrer?.replace(/^https:\/\/(www\.)?/, '').replace(/\/$/, ''),
        ],
        ['Sources', 'UTM source', ({ utm }) => utm?.source],
        ['Sources', 'UTM medium', ({ utm }) => utm?.medium],
        ['Locations', 'Region', ({ region }) => region],
        ['Locations', 'Language', ({ language }) => languages.of(language)],
        ['Devices', 'Screen size', ({ screen }) => screen],
      ];
      await show('view=overview&range=30d');
      for (const [group, tab, of] of tabs) {
        await chooseTab(page, group, tab);
        const rows = [...bySession(facts, of)].map(([value, row]) => [
          value,
          number(row.sessions),
          number(row.page_views),
          percent(row.bounce_rate),
          percent(row.conversion_rate),
        ]);
        await expect
          .poll(async () => sorted(await rowsOf(page, tab)), { message: tab })
          .toEqual(sorted(rows));
      }
    });

    if (now !== NOON) return;

    it('bring revenue that is reported in one currency', async () => {
      const range = rangeOf('7d', now, SITE_ZONE);
      const facts = arrivedIn(bed().facts(), range.span);
      const body = linesOf(facts, RATED_SITE)
        .map((line) => JSON.stringify(line))
        .join('\n');
      await bed().collector.ask(`/import?site=${RATED_SITE}`, { method: 'POST', body });
      await show(`view=overview&range=7d&site=${RATED_SITE}&metric=revenue`);
      const rates: Record<string, number> = { ...REPORTING.rates, [REPORTING.currency]: 1 };
      const inAll = (some: Fact[]) =>
        money(
          Object.entries(revenue(some)).reduce((sum, [name, amount]) => sum + amount * (rates[name] ?? 0), 0),
          REPORTING.currency,
        );
      const card = page.locator('.total[data-metric=revenue]');
      await expect.poll(() => card.locator('.total-value').textContent()).toBe(inAll(facts));
      const uses = [...counted(facts.map(({ currency }) => currency))].sort(
        (a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1),
      );
      const amounts = revenue(facts);
      expect(await card.locator('.amounts > span').allTextContents()).toEqual([
        ...uses.map(([name]) => money(amounts[name], name)),
        ...(amounts.JPY === undefined ? [] : ['excl. JPY: no exchange rate']),
      ]);
      const ends = range.starts.map((_, at) => range.starts[at + 1] ?? range.span.to);
      expect(await pointsOf(page, 'Revenue')).toEqual(
        range.starts.map((from, at) => inAll(arrivedIn(facts, { from, to: ends[at] ?? 0 }))),
      );
    });

    it('set off alerts by the numbers that these say', () =>
      expectAlertsShown(bed(), page, recent(60), () => show('view=alerts')));
  });
}
