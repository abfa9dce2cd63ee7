import type { Alert, JourneysData } from '@liveinsight/schema';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFormat } from '../src/format/format.js';
import { describeRule } from '../src/i18n/alert-messages.js';
import { toDraft, toRule } from '../src/views/alerts/rule-draft.js';
import {
  formatSteps,
  fromStoredSteps,
  parseSteps,
  type Step,
  toFunnelInput,
} from '../src/views/funnels/steps.js';
import { flowLayout } from '../src/views/journeys/flow-layout.js';
import { cohortRows, weightedTotal } from '../src/views/retention/cohort-rows.js';

const name = fc.stringMatching(/^[A-Za-z0-9/*_-]{1,12}$/);
const time = fc.constantFrom('', '30s', '1m', '10m', '2h', '1d');
const step = fc.record<Step>({ kind: fc.constantFrom('page', 'event'), value: name, within: time });
const steps = fc
  .array(step, { minLength: 2, maxLength: 10 })
  .map(([first, ...more]) => [{ ...first, within: '' } as Step, ...more]);

describe('a funnel', () => {
  it('is the same in the URL, and as it is kept', () => {
    fc.assert(
      fc.property(steps, (steps) => {
        expect(parseSteps(formatSteps(steps))).toEqual(steps);
        expect(fromStoredSteps(toFunnelInput('a', steps) as Parameters<typeof fromStoredSteps>[0])).toEqual(
          steps,
        );
      }),
    );
  });

  it('of an old or wrong link is what there is of it', () => {
    expect(parseSteps({})).toEqual([]);
    expect(parseSteps({ steps: 'page:/a,b,conversion:buy', step_within: '2:soon,9:1m' })).toEqual([
      { kind: 'page', value: '/a,b', within: '' },
      { kind: 'event', value: 'buy', within: '' },
    ]);
  });
});

describe('the picture of journeys', () => {
  const pages = ['/', '/a', '/b', '/c', '/d', '/e', '/f', '/g', '/h'];
  const flow = fc.record({
    from_page: fc.constantFrom(...pages),
    to_page: fc.constantFrom(...pages),
    page_views: fc.integer({ min: 1, max: 1_000 }),
  });
  const journeys = fc.record({
    flows: fc.uniqueArray(flow, { selector: (one) => `${one.from_page} ${one.to_page}`, maxLength: 60 }),
    pages: fc.constantFrom(
      pages.map((page) => ({ page, page_views: 5_000, entries: 7, exits: 0 })),
      [] as JourneysData['pages'],
    ),
  });

  it('has room for every stream, none over another, and all of the page’s height is met', () => {
    fc.assert(
      fc.property(journeys, (data) => {
        const { height, before, after } = flowLayout(data, '/');
        for (const side of [before, after]) {
          let end = 0;
          for (const { y, height } of side) {
            expect(y).toBeGreaterThanOrEqual(end - 1e-6);
            expect(height).toBeGreaterThanOrEqual(30);
            end = y + height;
          }
          expect(end).toBeLessThanOrEqual(height + 1e-6);
          const met = side.reduce((sum, { meetsHeight }) => sum + meetsHeight, 0);
          if (side.length > 0) expect(met).toBeCloseTo(height, 3);
        }
      }),
    );
  });
});

describe('retention', () => {
  it('of all periods counts those that are over, from the first visitor on', () => {
    const rows = cohortRows([
      {
        start: '2026-01-05T00:00:00.000Z',
        week: '2026-01-05T00:00:00.000Z',
        visitors: 0,
        complete: true,
        returned: [0, 0, 0, 0],
      },
      {
        start: '2026-01-12T00:00:00.000Z',
        week: '2026-01-12T00:00:00.000Z',
        visitors: 100,
        complete: true,
        returned: [100, 20, 9],
      },
      {
        start: '2026-01-19T00:00:00.000Z',
        week: '2026-01-19T00:00:00.000Z',
        visitors: 50,
        complete: true,
        returned: [50, 5],
      },
    ]);
    expect(rows.map(({ visitors }) => visitors)).toEqual([100, 50]);
    expect(rows[1]?.periods).toEqual([
      { returned: 50, share: 1, isIncomplete: false },
      { returned: 5, share: 0.1, isIncomplete: true },
      undefined,
    ]);
    const all = weightedTotal(rows);
    expect([all.visitors, all.periods.map((cell) => cell && [cell.returned, cell.share])]).toEqual([
      150,
      [[150, 1], [20, 0.2], undefined],
    ]);
  });
});

describe('retention where older data are gone', () => {
  it('does not tell who was new in the first week, and later ones as upper limits', () => {
    const rows = cohortRows([
      {
        start: '2026-01-05T00:00:00.000Z',
        week: '2026-01-05T00:00:00.000Z',
        visitors: null,
        complete: false,
        returned: [],
      },
      {
        start: '2026-01-12T00:00:00.000Z',
        week: '2026-01-12T00:00:00.000Z',
        visitors: 40,
        complete: false,
        returned: [40, 8, 2],
      },
    ]);
    expect(rows.map(({ visitors, isUpTo }) => [visitors, isUpTo])).toEqual([
      [null, true],
      [40, true],
    ]);
    expect(rows[0]?.periods).toEqual([undefined, undefined, undefined]);
    expect(weightedTotal(rows)).toMatchObject({ visitors: 40, isUpTo: true });
  });
});

describe('an alert', () => {
  const alert: Alert = {
    id: 'a',
    version: 1,
    updated_at: '2026-01-31T09:00:00.000Z',
    name: 'x',
    metric: 'bounce_rate',
    comparison: 'above',
    threshold: 0.355,
    window_minutes: 120,
    for_minutes: 90,
    cooldown_minutes: 10,
    enabled: true,
  };
  const { id: _id, version: _version, updated_at: _at, ...rule } = alert;

  it('is the same after its form, shares being typed in per cent', () => {
    expect(toDraft(alert).threshold).toBe('35.5');
    expect(toRule(toDraft(alert))).toEqual(rule);
    const ofPage = { ...rule, metric: 'page_views', threshold: 12, dimension: 'page', value: '/a' } as const;
    expect(toRule(toDraft({ ...alert, ...ofPage }))).toEqual(ofPage);
    // What the number can't be narrowed by is left out.
    expect(toRule({ ...toDraft({ ...alert, ...ofPage }), metric: 'visitors' })).not.toHaveProperty(
      'dimension',
    );
  });

  it('is said in words', () => {
    expect(describeRule(alert, 'en', createFormat('en', 'UTC'))).toBe(
      'Bounce rate > 35.5% over 2 h, for 90 min',
    );
    expect(describeRule(alert, 'ko', createFormat('ko', 'UTC'))).toBe(
      '2시간 동안 이탈률 35.5% 초과, 90분 지속',
    );
  });
});
