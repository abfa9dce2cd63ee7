/** What the alerts view says of each number that is watched, against the truth. */
import type { AlertMetric, AlertsData } from '@liveinsight/schema';
import type { Page } from 'playwright';
import { expect } from 'vitest';
import type { TruthBed } from './bed.js';
import type { Fact } from './history.js';
import { number, percent, rowsOf } from './screen.js';
import { pageOf } from './told.js';
import { eventName, groups, totals } from './truth.js';

/**
 * @param facts of the last hour, which the alerts look back over
 * @param show opens the view
 */
export async function expectAlertsShown(
  bed: TruthBed,
  page: Page,
  facts: Fact[],
  show: () => Promise<unknown>,
): Promise<void> {
  const metrics: AlertMetric[] = [
    'active_sessions',
    'visitors',
    'sessions',
    'page_views',
    'events',
    'clicks',
    'conversions',
    'conversion_rate',
    'bounce_rate',
  ];
  const rule = { comparison: 'above', threshold: 0, window_minutes: 60, enabled: true };
  const truth = totals(facts);
  const active = groups(facts, ({ session }) => session.id);
  const path = pageOf([...active.values()][0] ?? []);
  const encoded = encodeURI(path);
  const told = (metric: AlertMetric): string => {
    if (metric === 'active_sessions') return number(active.size);
    return metric.endsWith('_rate') ? percent(truth[metric]) : number(truth[metric]);
  };
  const expected = new Map<string, string>(metrics.map((metric) => [metric, told(metric)]));
  const rules: object[] = metrics.map((metric) => ({ ...rule, metric, name: metric }));
  const narrowed: [string, object, number][] = [
    [
      'on the page',
      { metric: 'active_sessions', dimension: 'page', value: encoded },
      [...active.values()].filter((own) => pageOf(own) === path).length,
    ],
    [
      'views of it',
      { metric: 'page_views', dimension: 'page', value: path },
      facts.filter(({ kind, page: of }) => kind === 'page_view' && of === path).length,
    ],
    [
      'of Korea',
      { metric: 'active_sessions', dimension: 'country', value: 'KR' },
      [...active.values()].filter(([fact]) => fact?.session.country === 'KR').length,
    ],
    [
      'clicks by name',
      { metric: 'events', dimension: 'event_name', value: 'click' },
      facts.filter((fact) => eventName(fact) === 'click').length,
    ],
  ];
  for (const [name, of, count] of narrowed) {
    rules.push({ ...rule, ...of, name });
    expected.set(name, number(count));
  }
  for (const body of rules)
    await bed.collector.ask('/alerts?site=shop', { method: 'POST', body: JSON.stringify(body) });
  await bed.collector.rollUp();
  await show();
  await expect.poll(async () => (await rowsOf(page, 'Alerts')).length).toBe(rules.length);
  const values = new Map((await rowsOf(page, 'Alerts')).map(([name = '', , value = '']) => [name, value]));
  expect(values).toEqual(expected);
  // Those that fire stand over every view, with the same numbers.
  await page.locator('.alert-more').click();
  const banners = await page
    .locator('.alert-banner')
    .evaluateAll((all) =>
      all.map((one) => [
        one.querySelector('a')?.textContent ?? '',
        /now (\S+)/.exec(one.textContent ?? '')?.[1] ?? '',
      ]),
    );
  for (const [name = '', value] of banners) expect(value, name).toBe(expected.get(name));
  expect(banners.length).toBeGreaterThan(5);
  // They would cover what is read from the page next.
  const { alerts } = (await bed.collector.ask('/alerts?site=shop')) as AlertsData;
  for (const { id } of alerts) await bed.collector.ask(`/alerts/${id}?site=shop`, { method: 'DELETE' });
}
