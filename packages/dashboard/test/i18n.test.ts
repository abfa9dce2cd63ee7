import type { StreamEvent } from '@liveinsight/schema';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFormat } from '../src/format/format.js';
import { describeEvent } from '../src/i18n/describe-event.js';
import { EVENT_MESSAGES } from '../src/i18n/event-messages.js';
import { parseValueLabel, valueLabel } from '../src/i18n/value-label.js';
import { toCsv } from '../src/series/csv.js';
import { durationTicks, namedPoints, valueTicks } from '../src/series/scale.js';

const format = createFormat('en', 'UTC');
const common = {
  event_id: 'a',
  timestamp: 0,
  session_id: 's',
  page: '/',
  received_at: '1970-01-01T00:00:00.000Z',
};
const describeDetail = (event: StreamEvent) => describeEvent(event, EVENT_MESSAGES.en, format).detail;

describe('labels of values', () => {
  it.each(['en', 'ko'] as const)('lead back to the value they stand for (%s)', (language) => {
    const numbers = createFormat(language, 'UTC');
    for (const [by, value] of [
      ['channel', 'organic_search'],
      ['country', 'KR'],
      ['source', '(direct)'],
      ['source', 'hackernews'],
      ['event_name', 'page_exit'],
      ['visitor_type', 'returning'],
      ['page', '/%EB%B8%94'],
    ] as const) {
      const label = valueLabel(by, value, language, numbers);
      expect(label).not.toBe(value);
      expect(parseValueLabel(by, ` ${label} `, ['x', value], language, numbers)).toBe(value);
    }
  });

  it('are known for channels and devices that were not seen yet', () => {
    expect(parseValueLabel('channel', 'Paid search', [], 'en', format)).toBe('paid_search');
    expect(parseValueLabel('device', '모바일', [], 'ko', createFormat('ko', 'UTC'))).toBe('mobile');
  });

  it('give way to a value that was seen, and to the text as it was typed', () => {
    expect(parseValueLabel('event_name', 'Click', ['click', 'Click'], 'en', format)).toBe('Click');
    expect(parseValueLabel('country', 'Atlantis', ['KR'], 'en', format)).toBe('Atlantis');
  });
});

describe('messages', () => {
  it('name money, engagement and properties', () => {
    expect(
      describeDetail({
        ...common,
        event_type: 'conversion',
        conversion_type: 'purchase',
        value: 3,
        currency: 'XXQ',
      }),
    ).toMatch(/^purchase, .*3/);
    expect(describeDetail({ ...common, event_type: 'page_exit', engaged_ms: 61_000, scroll_pct: 49.6 })).toBe(
      '1m 1s engaged, 50% scrolled',
    );
    expect(describeDetail({ ...common, event_type: 'custom', name: 'x', props: { a: 1, b: { c: 2 } } })).toBe(
      'a 1, b {"c":2}',
    );
  });

  it.each([
    ['web_vital', { name: 'LCP', value: 2_688 }, '웹 바이탈', 'LCP 2,688 ms'],
    ['web_vital', { name: 'CLS', value: 0.022 }, '웹 바이탈', 'CLS 0.02'],
    ['error', { message: 'x is undefined', stack: 'at main' }, '오류', 'x is undefined'],
    ['outbound_click', { url: 'https://bank.example/' }, '외부 링크 클릭', 'https://bank.example/'],
    ['constructor', { url: 1 }, 'constructor', 'url 1'],
    ['engaged', {}, 'engaged', ''],
  ])('say what the tracker sends by itself in words: %s', (name, props, what, detail) => {
    const event: StreamEvent = { ...common, event_type: 'custom', name, props };
    expect(describeEvent(event, EVENT_MESSAGES.ko, format)).toEqual({ what, detail });
  });
});

describe('formats', () => {
  it('leave out cents where all amounts of an axis are whole', () => {
    expect(format.money(600, 'EUR')).toBe('€600.00');
    expect(format.money(600, 'EUR', true)).toBe('€600');
    expect(format.money(2.5, 'EUR', true)).toBe('€2.50');
  });

  it('say how long, and never less than nothing', () => {
    expect([-5, 400, 59_400, 60_000, 3_720_000].map(format.duration)).toEqual([
      '0s',
      '0s',
      '59s',
      '1m 0s',
      '1h 2m',
    ]);
  });

  it('follow language and zone', () => {
    const korean = createFormat('ko', 'Asia/Seoul');
    expect(korean.minute(Date.UTC(2026, 0, 1, 15, 30))).toBe('00:30');
    expect(korean.country('KR')).toBe('대한민국');
    expect(format.fullInterval(Date.UTC(2026, 0, 1, 15), 'hour')).toMatch(/15:00–16:00$/);
  });

  it.each([
    [2_334_300, 'KRW', '₩2,334,300'],
    [1_500, 'JPY', '¥1,500'],
    [12.5, 'EUR', '€12.50'],
    [1_250.5, 'EUR', '€1,250.50'],
    [9_600, 'EUR', '€9,600'],
    [1.25, 'BHD', 'BHD 1.250'],
    [0.005_12, 'BTC', 'BTC 0.00512'],
  ])('show %d %s with the minor units of the currency', (value, currency, shown) => {
    expect(format.money(value, currency).replace('\u00a0', ' ')).toBe(shown);
  });

  it('show as it is what is no known country, language or currency', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(format.country(text)).toEqual(expect.any(String));
        expect(format.languageName(text)).toEqual(expect.any(String));
        expect(format.money(1, text)).toContain('1');
      }),
    );
    expect(format.country('(unknown)')).toBe('(unknown)');
  });
});

describe('a scale', () => {
  it('reaches over the largest value in few even steps', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e12, noNaN: true }), fc.boolean(), (largest, isInteger) => {
        const ticks = valueTicks(largest, 4, isInteger);
        expect(ticks[0]).toBe(0);
        expect(ticks.at(-1)).toBeGreaterThanOrEqual(largest * (1 - 1e-9));
        expect(ticks.length).toBeLessThanOrEqual(6);
        if (isInteger) for (const tick of ticks) expect(Number.isInteger(tick)).toBe(true);
      }),
    );
    expect(durationTicks(200_000, 4)).toEqual([0, 60_000, 120_000, 180_000, 240_000]);
  });

  it('names the last point, and no more than there is room for', () => {
    expect(namedPoints(10, 4)).toEqual([0, 3, 6, 9]);
    expect(namedPoints(0, 4)).toEqual([]);
    expect(namedPoints(3, 0)).toEqual([2]);
  });
});

describe('a table as CSV', () => {
  it('quotes what is special, and makes no formula of what visitors send', () => {
    expect(
      toCsv([
        ['a,b', 'say "x"', 1.5, null],
        ['=HYPERLINK("http://x")', '-1+1', '@a', '+a'],
      ]),
    ).toBe('"a,b","say ""x""",1.5,\r\n' + `"'=HYPERLINK(""http://x"")",'-1+1,'@a,'+a\r\n`);
  });
});
