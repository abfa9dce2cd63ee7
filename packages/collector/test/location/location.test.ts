/** Where visitors are, by what is known of them. */
import type { CollectorOptions, StoredBatch } from '@liveinsight/collector';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { toLocation } from '../../src/location/location.js';
import { getTimeZoneCountry } from '../../src/location/time-zone-country.js';
import { post, READ_KEY, readReply, type Stack, startStack } from '../stack.js';

describe('the country of a time zone', () => {
  it('is known by its present and its former names', () => {
    const countries = {
      'Asia/Seoul': 'KR',
      'Asia/Calcutta': 'IN',
      'Asia/Saigon': 'VN',
      'Europe/Luxembourg': 'LU',
      'Pacific/Honolulu': 'US',
      'Africa/Timbuktu': 'ML',
      'America/Argentina/Ushuaia': 'AR',
      'America/Coral_Harbour': 'CA',
      'US/Hawaii': 'US',
      Iceland: 'IS',
      ROK: 'KR',
      'europe/kiev': 'UA',
    };
    for (const [zone, country] of Object.entries(countries)) expect(getTimeZoneCountry(zone)).toBe(country);
  });

  it('is known of every zone that browsers name', () => {
    const unknown = Intl.supportedValuesOf('timeZone').filter((zone) => !getTimeZoneCountry(zone));
    expect(unknown.filter((zone) => !/^(UTC|GMT|Etc\/|[CEMW]ET$|[A-Z]{3}(\d[A-Z]{3})?$)/.test(zone))).toEqual(
      [],
    );
  });

  it('is none where the name says no place', () => {
    for (const zone of [
      'UTC',
      'GMT',
      'Etc/GMT+9',
      'EST',
      'EST5EDT',
      'CET',
      '+09:00',
      'Atlantis/Capital',
      '',
      'constructor',
    ])
      expect(getTimeZoneCountry(zone)).toBeUndefined();
  });
});

describe('a location', () => {
  it('has a country that there is, and names without control characters, cut', () => {
    for (const country of ['XX', 'ZZ', 'T1', 'EU', 'AP', 'USA', '', '1.2.3.4'])
      expect(toLocation({ country, city: 'Paris' }, 'header')).toEqual({});
    expect(toLocation({ country: 'xk' }, 'header').country).toBe('XK');
    const long = toLocation(
      { country: 'fr', region: ' ', city: `Par\u0000is${'é'.repeat(100)}` },
      'database',
    );
    expect(long.region).toBeUndefined();
    expect(long.city).toMatch(/^Parisé+…$/);
    expect(long.city).toHaveLength(64);
  });
});

describe('an event’s location', () => {
  let stack: Stack;
  let sessions = 0;
  afterEach(() => stack.close());
  const start = async (options: Partial<CollectorOptions> = {}) => {
    stack = await startStack(options);
  };

  async function send(
    headers: Record<string, string> = {},
    timezone?: string,
  ): Promise<Partial<StoredBatch>> {
    const session_id = `visitor-${++sessions}`;
    const body = {
      session: { session_id },
      context: timezone ? { timezone } : {},
      events: [{ event_type: 'page_view', page_url: 'https://shop.example/' }],
    };
    const request = new Request('http://collector/api/events', post(body, headers));
    expect((await stack.collector.fetch(request, { ip: '203.0.113.9' })).status).toBe(200);
    return (await stack.store.session('shop', session_id))[0] ?? {};
  }

  it('is the country of the device’s time zone where nothing else is known', async () => {
    await start();
    expect(await send({}, 'Asia/Calcutta')).toMatchObject({ country: 'IN', location_source: 'timezone' });
    const unknown = await send({}, 'UTC');
    expect(unknown.country).toBeUndefined();
    expect(unknown.location_source).toBeUndefined();
    // Headers that nobody named may be anybody's.
    const forged = { 'cf-ipcountry': 'US', 'x-vercel-ip-city': 'Paris', 'cloudfront-viewer-country': 'FR' };
    expect(await send(forged, 'Asia/Seoul')).toMatchObject({ country: 'KR', location_source: 'timezone' });
  });

  const platforms = {
    cloudfront: {
      'cloudfront-viewer-country': 'BR',
      'cloudfront-viewer-country-region-name': 'S%C3%A3o Paulo',
      'cloudfront-viewer-city': 'S%C3%A3o Paulo',
    },
    // UTF-8 as Node's server gives it.
    cloudflare: {
      'cf-ipcountry': 'BR',
      'cf-region': Buffer.from('São Paulo').toString('latin1'),
      'cf-ipcity': Buffer.from('São Paulo').toString('latin1'),
    },
    vercel: {
      'x-vercel-ip-country': 'BR',
      'x-vercel-ip-country-region': 'S%C3%A3o%20Paulo',
      'x-vercel-ip-city': 'S%C3%A3o%20Paulo',
    },
  } as const;
  it.each(Object.entries(platforms))(
    'is as %s says, in the encoding of its headers',
    async (name, headers) => {
      await start({ locationHeaders: name as keyof typeof platforms });
      const location = { country: 'BR', region: 'São Paulo', city: 'São Paulo', location_source: 'header' };
      expect(await send(headers, 'Asia/Seoul')).toMatchObject(location);
      const broken = Object.fromEntries(
        Object.entries(headers).map(([header, value]) => [header, `${value.slice(0, 2)}%`]),
      );
      expect((await send({ ...broken, ...{ [Object.keys(headers)[0] ?? '']: 'BR' } })).country).toBe('BR');
    },
  );

  it('is what the best source says, and says which', async () => {
    const located = vi.fn((ip: string) => (ip === '203.0.113.9' ? { country: 'DE' } : undefined));
    await start({ location: located, countryHeader: 'x-country', cityHeader: 'x-city' });
    expect(await send({}, 'Asia/Seoul')).toMatchObject({ country: 'DE', location_source: 'database' });
    expect(await send({ 'x-country': 'AT' })).toMatchObject({ country: 'DE', location_source: 'database' });
    const detailed = await send({ 'x-country': 'AT', 'x-city': 'Wien' });
    expect(detailed).toMatchObject({ country: 'AT', city: 'Wien', location_source: 'header' });
    expect(JSON.stringify(detailed)).not.toContain('203.0.113.9');
  });

  it('is found without a lookup that fails or hangs, which is reported without the address', async () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => {});
    try {
      await start({
        location: (ip) => {
          throw new Error(`no record of ${ip}`);
        },
      });
      expect(await send({}, 'Asia/Seoul')).toMatchObject({ country: 'KR', location_source: 'timezone' });
      await stack.close();
      await start({ location: () => new Promise(() => {}) });
      expect(await send({}, 'Asia/Seoul')).toMatchObject({ country: 'KR' });
      expect(log.mock.calls.flat().join()).toContain('the option location failed: no record of …');
      expect(log.mock.calls.flat().join()).not.toContain('203.0.113');
    } finally {
      log.mockRestore();
    }
  });

  it('is a breakdown and a filter, of cities too, and is in sessions and exports', async () => {
    await start({ locationHeaders: 'cloudfront', adminKeys: ['admin-key-of-the-tests-1'] });
    await send(platforms.cloudfront);
    await send({ ...platforms.cloudfront, 'cloudfront-viewer-city': 'Santos' });
    await send({}, 'Asia/Seoul');
    const ask = async <Data>(path: string) =>
      (
        await readReply<Data>(
          await stack.collector.fetch(
            new Request(`http://collector/api${path}`, { headers: { 'x-api-key': READ_KEY } }),
          ),
        )
      ).data;
    type Stats = {
      totals: { page_views: number };
      breakdowns: Record<string, { value: string; page_views: number }[]>;
    };
    const stats = await ask<Stats>('/stats?from=1h&breakdown=city,region,country');
    expect(stats.breakdowns.city?.map(({ value }) => value).sort()).toEqual([
      '(unknown)',
      'Santos',
      'São Paulo',
    ]);
    expect((await ask<Stats>('/stats?from=1h&city=Santos')).totals.page_views).toBe(1);
    const { sessions: found } = await ask<{ sessions: object[] }>('/sessions?from=1h&city=Santos');
    expect(found).toMatchObject([
      { country: 'BR', region: 'São Paulo', city: 'Santos', location_source: 'header' },
    ]);
  });
});
