import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { getCalendar, hoursAlign, type Unit } from '../../src/time/calendar.js';

const HOUR_MS = 3_600_000;
const ms = (instant: string) => Date.parse(instant);
const iso = (time: number) => new Date(time).toISOString();

const ZONES = [
  'UTC',
  'Asia/Seoul',
  'Asia/Kathmandu',
  'America/St_Johns',
  'Europe/London',
  'Australia/Lord_Howe',
  'America/Santiago',
  'Africa/Cairo',
];
const UNITS: Unit[] = ['hour', 'day', 'week', 'month'];

const localDate = (time: number, timeZone: string) =>
  new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(
    time,
  );

describe('the calendar of a zone', () => {
  it('is one for all spellings of its name', () => {
    expect(getCalendar('eUrOpE/bErLiN')).toBe(getCalendar('Europe/Berlin'));
    expect(getCalendar('eUrOpE/bErLiN').timezone).toBe('Europe/Berlin');
    // Which of the two is the older name depends on the runtime's data; each is told as it was asked.
    for (const name of ['Asia/Kolkata', 'Asia/Calcutta']) {
      expect(getCalendar(name).timezone).toBe(name);
      expect(getCalendar(name).floor).toBe(getCalendar('Asia/Kolkata').floor);
    }
  });

  it('is right after many others were asked for', () => {
    const summer = ms('2026-06-15T12:00:00Z');
    const offset = getCalendar('Europe/Berlin').offsetAt(summer);
    for (const zone of Intl.supportedValuesOf('timeZone').slice(0, 100)) getCalendar(zone).offsetAt(summer);
    expect(getCalendar('Europe/Berlin').offsetAt(summer)).toBe(offset);
  });

  it.each([
    ['UTC', '2026-06-15T13:45:00Z', '2026-06-15T00:00:00.000Z', 24],
    ['Asia/Seoul', '2026-06-15T13:45:00Z', '2026-06-14T15:00:00.000Z', 24],
    ['Asia/Kathmandu', '2026-06-15T13:45:00Z', '2026-06-14T18:15:00.000Z', 24],
    ['America/St_Johns', '2026-06-15T13:45:00Z', '2026-06-15T02:30:00.000Z', 24],
    ['Europe/London, clocks forward', '2026-03-29T12:00:00Z', '2026-03-29T00:00:00.000Z', 23],
    ['Europe/London, clocks back', '2026-10-25T12:00:00Z', '2026-10-24T23:00:00.000Z', 25],
    ['Australia/Lord_Howe, clocks back', '2026-04-05T00:00:00Z', '2026-04-04T13:00:00.000Z', 24.5],
    ['Australia/Lord_Howe, clocks forward', '2026-10-04T00:00:00Z', '2026-10-03T13:30:00.000Z', 23.5],
  ])('%s: the day of %s begins at %s and has %d hours', (zone, at, start, hours) => {
    const calendar = getCalendar(zone.split(',')[0] ?? zone);
    const floor = calendar.floor(ms(at), 'day');
    expect(iso(floor)).toBe(start);
    expect((calendar.next(floor, 'day') - floor) / HOUR_MS).toBe(hours);
  });

  it('begins a day with the first instant that exists where midnight does not', () => {
    const calendar = getCalendar('America/Santiago');
    expect(iso(calendar.floor(ms('2026-09-06T12:00:00Z'), 'day'))).toBe('2026-09-06T04:00:00.000Z');
  });

  it('has hours of half an hour where the clock moves by half an hour', () => {
    const calendar = getCalendar('Australia/Lord_Howe');
    const start = calendar.floor(ms('2026-10-03T15:45:00Z'), 'hour');
    expect([iso(start), iso(calendar.next(start, 'hour'))]).toEqual([
      '2026-10-03T15:30:00.000Z',
      '2026-10-03T16:00:00.000Z',
    ]);
  });

  it('begins weeks on Monday and months on the first, local time', () => {
    const seoul = getCalendar('Asia/Seoul');
    expect(iso(seoul.floor(ms('2026-11-22T14:59:59Z'), 'week'))).toBe('2026-11-15T15:00:00.000Z');
    expect(iso(seoul.floor(ms('2026-11-22T15:00:00Z'), 'week'))).toBe('2026-11-22T15:00:00.000Z');
    expect(iso(seoul.floor(ms('2026-11-30T15:00:00Z'), 'month'))).toBe('2026-11-30T15:00:00.000Z');
    expect(iso(seoul.next(ms('2026-11-30T15:00:00Z'), 'month'))).toBe('2026-12-31T15:00:00.000Z');
  });

  it('parts time without gap or overlap, each day being one local date', () => {
    const time = fc.integer({ min: ms('2020-01-01T00:00:00Z'), max: ms('2030-01-01T00:00:00Z') });
    fc.assert(
      fc.property(fc.constantFrom(...ZONES), fc.constantFrom(...UNITS), time, (zone, unit, at) => {
        const calendar = getCalendar(zone);
        const start = calendar.floor(at, unit);
        const end = calendar.next(start, unit);
        expect(start).toBeLessThanOrEqual(at);
        expect(end).toBeGreaterThan(at);
        expect(calendar.floor(start, unit)).toBe(start);
        expect(calendar.floor(end, unit)).toBe(end);
        expect(calendar.floor(end - 1, unit)).toBe(start);
        if (unit === 'day') {
          expect(localDate(start, zone)).toBe(localDate(at, zone));
          expect(localDate(end - 1, zone)).toBe(localDate(at, zone));
          expect(localDate(start - 1, zone)).not.toBe(localDate(at, zone));
        }
      }),
      { numRuns: 3_000 },
    );
  });

  it.each([
    ['Asia/Seoul', 'Europe/London', '2026-01-01', '2027-01-01', true],
    ['Asia/Kathmandu', 'UTC', '2026-01-01', '2026-01-02', false],
    ['Asia/Kathmandu', 'Asia/Kathmandu', '2026-01-01', '2027-01-01', true],
    ['America/St_Johns', 'Asia/Kolkata', '2026-01-01', '2027-01-01', true],
    ['Australia/Lord_Howe', 'UTC', '2026-01-01', '2026-04-04', true],
    ['Australia/Lord_Howe', 'UTC', '2026-04-01', '2026-04-06', false],
    ['Australia/Lord_Howe', 'UTC', '2026-05-01', '2026-06-01', false],
  ])('tells whether hours of %s and %s begin together from %s to %s', (one, other, from, to, together) => {
    const [a, b] = [getCalendar(one), getCalendar(other)];
    expect(hoursAlign(a, b, ms(from), ms(to))).toBe(together);
    expect(hoursAlign(b, a, ms(from), ms(to))).toBe(together);
    const starts = Array.from({ length: 24 }, (_, hour) => a.floor(ms(to) - 1 - hour * HOUR_MS, 'hour'));
    if (together) for (const start of starts) expect(b.floor(start, 'hour')).toBe(start);
  });

  it('refuses a name that is no zone', () => {
    expect(() => getCalendar('Mars/Olympus')).toThrow(RangeError);
  });
});
