/** Reports on events by column: worked examples, each about a site of its own. */
import type { WebVitalsData } from '@liveinsight/schema';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Stack, startStack } from '../stack.js';
import { appendAll, ask, batchOf, type Happened, HOUR_MS } from './log.js';

const AT = Date.now() - 5 * HOUR_MS;
const SITES = ['vitals'];

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({ sites: SITES.map((id) => ({ id })), defaultSite: 'vitals' });
});
afterAll(() => stack.close());

const custom = (name: string, page: string, props: object, timestamp = AT): Happened => ({
  ...{ event_type: 'custom', name, timestamp, props },
  page_url: `https://shop.example${page}`,
});

describe('GET /api/web-vitals', () => {
  const vital = (name: string, value: number, timestamp = AT, page = '/') =>
    custom('web_vital', page, { name, value, release: '1.2' }, timestamp);
  beforeAll(() =>
    appendAll(stack.store, [
      batchOf(
        'v1',
        // Hidden twice: the last value counts.
        [vital('TTFB', 300), vital('LCP', 1_200), vital('CLS', 0.05, AT + 1), vital('CLS', 0.3, AT + 2)],
        { site: 'vitals', device: 'mobile' },
      ),
      batchOf('v2', [vital('TTFB', 2_000), vital('LCP', 4_400), vital('LCP', 3_000, AT, '/cart')], {
        site: 'vitals',
        device: 'desktop',
      }),
    ]),
  );

  const get = (query: string) => ask<WebVitalsData>(stack, `/web-vitals?site=vitals&from=24h&${query}`);

  it('gives percentiles and ratings, of all and by page, device and release', async () => {
    const { code, data, message } = await get('breakdown=page');
    expect(code, message).toBe(200);
    expect(data.metrics.map(({ metric }) => metric)).toEqual(['LCP', 'CLS', 'TTFB']);
    expect(data.metrics[0]).toMatchObject({ unit: 'ms', count: 3, p50: 3_000, p75: 3_700 });
    expect(data.metrics[0]).toMatchObject({ rating: 'needs_improvement', good: 1 / 3, poor: 1 / 3 });
    expect(data.metrics[1]).toMatchObject({ metric: 'CLS', unit: null, count: 1, p75: 0.3, rating: 'poor' });
    expect(data).toMatchObject({ row_count: 2, rows: [{ value: '/' }, { value: '/cart' }] });
    expect(data.rows?.[1]?.metrics).toMatchObject([{ metric: 'LCP', count: 1, p75: 3_000 }]);
    expect((await get('breakdown=device&limit=1')).data).toMatchObject({ row_count: 2, breakdown: 'device' });
    expect((await get('breakdown=prop:release')).data.rows).toMatchObject([{ value: '1.2' }]);
    expect((await get('device=mobile')).data.metrics[0]).toMatchObject({ count: 1, p75: 1_200 });
    // Where a load begins is known, even where only CLS passes.
    expect((await get('filter_by=event&prop:name=CLS')).data.metrics).toMatchObject([{ count: 1, p75: 0.3 }]);
  });

  it('rejects what it does not know', async () => {
    for (const [name, query] of [
      ['breakdown', 'breakdown=exit_page'],
      ['limit', 'limit=0'],
      ['metric', 'metric=LCP'],
    ]) {
      const { code, data } = await get(query ?? '');
      expect(code).toBe(400);
      expect(data.issues[0]?.path).toBe(name);
    }
  });
});
