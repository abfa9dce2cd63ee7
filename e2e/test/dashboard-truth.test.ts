/** Every number of the dashboard against a truth that is computed apart from our code: with filters, in two zones, by night and at noon. */
import type { StatsData } from '@liveinsight/schema';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NIGHT, NOON, RETENTION_DAYS, SITE_ZONE, startTruthBed, type TruthBed } from '../truth/bed.js';
import { startOf } from '../truth/clock.js';
import { FILTERS, type Narrowed, type Range, rangeOf } from '../truth/questions.js';
import { describeShown } from '../truth/shown.js';
import { describeSessionsShown } from '../truth/shown-sessions.js';
import { arrivedIn, bySession, ofSessions, pages, type Span, totals } from '../truth/truth.js';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const ZONES = [SITE_ZONE, 'America/New_York'];
const RANGES = ['today', '24h', 'yesterday', '7d', '30d', '90d', '90d&interval=week', '12mo'];
/** Each number is read from the page once at least: by night in one zone, at noon in the other. */
const SHOWN_IN = new Map([[NOON, 'America/New_York']]);
const EVERYONE: Narrowed = { query: '', wanted: () => true };

let bed: TruthBed;
beforeAll(async () => {
  bed = await startTruthBed();
});
for (const step of [0, 1, 2, 3]) beforeAll(() => bed.steps[step]?.());
afterAll(() => bed?.close());

const instant = (ms: number) => new Date(ms).toISOString();
const stats = (zone: string, { query }: Range, narrowed: Narrowed, more: string): Promise<StatsData> =>
  bed.collector.ask(`/stats?timezone=${zone}&${query}&${narrowed.query}&${more}`);

/** Filters need events by column, which an import writes for the days of the raw events: whole days of the site's zone. */
const known = ({ from, to }: Span, now: number, narrowed: Narrowed): Span => {
  if (narrowed === EVERYONE) return { from, to };
  return { from: Math.max(from, startOf(now - RETENTION_DAYS * DAY_MS, 'day', SITE_ZONE)), to };
};

/** Before its first event a site was not measured: a period that begins earlier is nothing to compare with. */
const isMeasured = (firstInterval: Span): boolean =>
  bed.facts().some(({ arrival }) => arrival < firstInterval.to);

function truthOf(span: Span, now: number, narrowed: Narrowed) {
  const visible = known(span, now, narrowed);
  return ofSessions(arrivedIn(bed.facts(), visible), narrowed.wanted);
}

/** The numbers of each interval; null where nothing of it is known. */
function seriesOf(range: Pick<Range, 'starts' | 'span'>, now: number, narrowed: Narrowed) {
  const facts = truthOf(range.span, now, narrowed);
  const { from } = known(range.span, now, narrowed);
  return range.starts.map((start, at) => {
    const end = range.starts[at + 1] ?? range.span.to;
    return {
      start: instant(start),
      page_views: end > from ? totals(arrivedIn(facts, { from: start, to: end })) : null,
    };
  });
}

async function expectTruth(zone: string, name: string, now: number, narrowed: Narrowed): Promise<void> {
  const range = rangeOf(name, now, zone);
  const data = await stats(
    zone,
    range,
    narrowed,
    'compare=previous&breakdown=page,source,utm_campaign,country,entry_page&limit=1000',
  );
  const facts = truthOf(range.span, now, narrowed);
  expect([data.from, data.to, data.interval]).toEqual([
    instant(range.span.from),
    instant(range.span.to),
    range.interval,
  ]);
  expect(data.totals).toEqual(totals(facts));
  const { from } = known(range.span, now, narrowed);
  expect(data.known_from).toBe(from > range.span.from ? instant(from) : undefined);

  const series = seriesOf(range, now, narrowed);
  expect(
    data.series.map(({ start, incomplete: _, ...numbers }) => [
      start,
      numbers.events === null ? null : numbers,
    ]),
  ).toEqual(series.map(({ start, page_views }) => [start, page_views]));

  // The period before, up to the same time; beyond the log to the nearest whole hour.
  const { previous } = data;
  expect(previous?.from).toBe(instant(range.before.from));
  const end = Date.parse(previous?.to ?? '');
  const isExact = narrowed !== EVERYONE || range.before.to >= now - (RETENTION_DAYS - 1) * DAY_MS;
  expect(Math.abs(end - range.before.to)).toBeLessThanOrEqual(isExact ? 0 : HOUR_MS / 2);
  const before = { from: range.before.from, to: end };
  const firstInterval = { from: before.from, to: range.before.starts[1] ?? end };
  const isKnown = isMeasured(firstInterval) && known(before, now, narrowed).from === before.from;
  expect(previous?.totals.events === null).toBe(!isKnown);
  if (isKnown) expect(previous?.totals).toEqual(totals(truthOf(before, now, narrowed)));

  const rows = new Map(data.breakdowns.page?.map((row) => [decodeURI(row.value), row]));
  const truePages = pages(facts);
  expect([...rows.keys()].sort()).toEqual([...truePages.keys()].sort());
  for (const [page, { entries: _, ...row }] of truePages) expect(rows.get(page)).toMatchObject(row);
  expect(data.row_counts.page).toBe(truePages.size);
  for (const [by, of] of [
    ['source', ({ source }) => source],
    ['country', ({ country }) => country],
    ['utm_campaign', ({ utm }) => utm?.campaign],
    ['entry_page', ({ entry }) => encodeURI(entry)],
  ] satisfies [string, Parameters<typeof bySession>[1]][]) {
    const expected = [...bySession(facts, of)].map(([value, row]) => ({ value, ...row }));
    const told = (data.breakdowns[by] ?? []).map(
      ({ value, sessions, page_views, bounce_rate, conversion_rate }) => ({
        value,
        sessions,
        page_views,
        bounce_rate,
        conversion_rate,
      }),
    );
    const byValue = (a: { value: string }, b: { value: string }) => (a.value < b.value ? -1 : 1);
    expect(told.sort(byValue)).toEqual(expected.sort(byValue));
  }
}

describe.sequential('what the API tells the dashboard', () => {
  describe.each([
    ['at 02:22', NIGHT],
    ['at noon', NOON],
  ])('%s', (_, now) => {
    beforeAll(() => bed.goTo(now));
    describe.each(ZONES)('in %s', (zone) => {
      it.each(RANGES)('is true for %s', (name) => expectTruth(zone, name, now, EVERYONE));
      it.each(FILTERS)('is true of $query', async (narrowed) => {
        for (const name of ['today', '7d', '30d', '90d']) await expectTruth(zone, name, now, narrowed);
      });
    });
    describeSessionsShown(() => bed, now);
    describeShown(() => bed, now, [SHOWN_IN.get(now) ?? SITE_ZONE]);
  });
});
