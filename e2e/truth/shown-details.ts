/** What the dashboard shows of one page, one source, one hour and single sessions, against the truth. */
import type { Page } from 'playwright';
import { expect, it } from 'vitest';
import type { Fact } from './history.js';
import { rangeOf } from './questions.js';
import { duration, figuresOf, money, number, percent, pointsOf, rowsOf } from './screen.js';
import { COFFEE, type Shown } from './shown-in.js';
import { METRIC_NAMES, sorted } from './told.js';
import { arrivedIn, groups, ofSessions, pages, totals } from './truth.js';
import { clicks, journeys, views } from './ways.js';

export function itShowsDetails({ bed, shown, factsIn, now, zone }: Shown): void {
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
        sorted(ways.filter(({ to }) => to === COFFEE).map(({ from, views: count }) => [from, number(count)])),
      );
      expect(sorted(await rowsOf(page, 'Next pages'))).toEqual(
        sorted(ways.filter(({ from }) => from === COFFEE).map(({ to, views: count }) => [to, number(count)])),
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
      expect(await pointsOf(page, METRIC_NAMES[drawn])).toEqual(
        starts.map((from, at) => number(totals(arrivedIn(some, { from, to: starts[at + 1] ?? end }))[drawn])),
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
}
