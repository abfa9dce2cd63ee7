import { describe, expect, it } from 'vitest';
import type { Comparison } from '../../src/query/comparison.js';
import { previousBounds } from '../../src/query/previous-range.js';
import { parseTimeRange } from '../../src/query/time-range.js';

const asIs = { roundBefore: 0, round: (ms: number) => ms };
const HOUR_MS = 3_600_000;

/** The bounds of the period before a question, and those that it is compared point by point with. */
function compared(query: string, now: string, timezone = 'UTC', rounding = asIs) {
  const time = Date.parse(now);
  const range = parseTimeRange(new URLSearchParams(query), timezone, time);
  const before = previousBounds(range, time, rounding);
  const points = before.map((ms) => new Date(ms).toISOString());
  return { from: points[0], to: points.at(-1), points, bounds: range.bounds };
}

describe('The period that a range is compared with', () => {
  it.each([
    [
      'today with yesterday up to the same time',
      'from=0d',
      '2026-11-28T00:00:00.000Z',
      '2026-11-28T16:22:31.000Z',
    ],
    ['7 days by the same weekdays', 'from=6d', '2026-11-16T00:00:00.000Z', '2026-11-22T16:22:31.000Z'],
    ['30 days', 'from=29d', '2026-10-01T00:00:00.000Z', '2026-10-30T16:22:31.000Z'],
    ['90 days by the week', 'from=89d&interval=week', '2026-06-03T00:00:00.000Z', '2026-08-31T16:22:31.000Z'],
    [
      '24 hours with the same hours of the day before',
      'from=23h',
      '2026-11-27T17:00:00.000Z',
      '2026-11-28T16:22:31.000Z',
    ],
    ['12 months by months', 'from=11mo', '2024-12-01T00:00:00.000Z', '2025-11-29T16:22:31.000Z'],
    [
      'days that are over with as many before',
      'from=2026-11-09&to=2026-11-15',
      '2026-11-02T00:00:00.000Z',
      '2026-11-09T00:00:00.000Z',
    ],
    [
      'a morning with the morning before',
      'from=2026-11-27T06:00Z&to=2026-11-27T12:00Z',
      '2026-11-26T06:00:00.000Z',
      '2026-11-26T12:00:00.000Z',
    ],
    [
      'half an hour with the time just before',
      'from=30m',
      '2026-11-29T15:15:00.000Z',
      '2026-11-29T15:47:31.000Z',
    ],
  ])('is, of %s', (_, query, from, to) => {
    expect(compared(query, '2026-11-29T16:22:31Z')).toMatchObject({ from, to });
  });

  it('begins and ends by the clock of the zone, whatever it has been put to', () => {
    // In New York, clocks went back on 1 November: days of 24, 25 and 24 hours.
    const { from, to } = compared('from=0d', '2026-11-02T03:30:00Z', 'America/New_York');
    expect([from, to]).toEqual(['2026-10-31T04:00:00.000Z', '2026-11-01T02:30:00.000Z']);
    const next = compared('from=0d', '2026-11-02T15:00:00Z', 'America/New_York');
    expect([next.from, next.to]).toEqual(['2026-11-01T04:00:00.000Z', '2026-11-01T15:00:00.000Z']);
    const week = compared('from=6d', '2026-11-05T15:00:00Z', 'America/New_York');
    expect([week.from, week.to]).toEqual(['2026-10-23T04:00:00.000Z', '2026-10-29T14:00:00.000Z']);
  });

  it('has its points in order, and an empty one for an hour that was not there', () => {
    // Of the day on which 01:00 came twice, the day before has it once.
    const { points, bounds } = compared(
      'from=2026-11-01&to=2026-11-01&interval=hour',
      '2026-11-29T12:00:00Z',
      'America/New_York',
    );
    expect(points).toHaveLength(bounds.length);
    expect(points).toEqual([...points].sort());
    expect(new Set(points).size).toBe(points.length - 1);
  });

  it('is at most the month, where a month is longer than the one before', () => {
    const { from, to } = compared('from=0mo&interval=month', '2026-03-31T12:00:00Z');
    expect([from, to]).toEqual(['2026-02-01T00:00:00.000Z', '2026-03-01T00:00:00.000Z']);
  });

  it('ends with a whole hour where no more is known', () => {
    const { to } = compared('from=89d', '2026-11-29T16:22:31Z', 'UTC', {
      roundBefore: Date.parse('2026-11-01T00:00:00Z'),
      round: (ms) => Math.floor((ms + HOUR_MS / 2) / HOUR_MS) * HOUR_MS,
    });
    expect(to).toBe('2026-08-31T16:00:00.000Z');
  });

  it.each<[string, string, Comparison, string, string]>([
    [
      'the same dates of the year before',
      'from=2026-11-01&to=2026-11-28',
      { with: 'year', byWeekday: false },
      // Clocks went back a day later than this year.
      '2025-11-01T04:00:00.000Z',
      '2025-11-29T05:00:00.000Z',
    ],
    [
      'the same weekdays of the year before',
      'from=2026-11-02&to=2026-11-28',
      { with: 'year', byWeekday: true },
      '2025-11-03T05:00:00.000Z',
      '2025-11-30T05:00:00.000Z',
    ],
    [
      '29 February with the end of February',
      'from=2024-02-29&to=2024-02-29',
      { with: 'year', byWeekday: false },
      '2023-03-01T05:00:00.000Z',
      '2023-03-01T05:00:00.000Z',
    ],
    [
      '30 days with the same weekdays before',
      'from=2026-10-01&to=2026-10-30',
      { with: 'previous', byWeekday: true },
      '2026-08-27T04:00:00.000Z',
      '2026-09-26T04:00:00.000Z',
    ],
    [
      'half an hour with that of the week before',
      'from=2026-11-27T06:00Z&to=2026-11-27T06:30Z',
      { with: 'previous', byWeekday: true },
      '2026-11-20T06:00:00.000Z',
      '2026-11-20T06:30:00.000Z',
    ],
    [
      'months with months, forward too',
      'from=2026-01-01&to=2026-03-31&interval=month',
      { with: 'custom', byWeekday: false, from: Date.parse('2026-02-01T05:00:00Z'), to: undefined },
      '2026-02-01T05:00:00.000Z',
      '2026-05-01T04:00:00.000Z',
    ],
    [
      'the nearest same weekday of a custom period',
      'from=2026-11-02&to=2026-11-08',
      {
        with: 'custom',
        byWeekday: true,
        from: Date.parse('2026-10-01T04:00:00Z'),
        to: Date.parse('2026-10-08T04:00:00Z'),
      },
      '2026-09-28T04:00:00.000Z',
      '2026-10-05T04:00:00.000Z',
    ],
  ])('is %s', (_, query, comparison, from, to) => {
    const time = Date.parse('2026-11-29T16:22:31Z');
    const range = parseTimeRange(new URLSearchParams(query), 'America/New_York', time);
    const found = previousBounds(range, time, asIs, comparison).map((ms) => new Date(ms).toISOString());
    expect([found[0], found.at(-1)]).toEqual([from, to]);
    expect(found).toEqual([...found].sort());
  });
});
