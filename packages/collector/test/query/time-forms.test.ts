import { createCollector } from '@liveinsight/collector';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ADMIN_KEY, readReply, SECRET, type Stack, startStack } from '../stack.js';

/** What nobody may read in the zone of the machine, or as a day that there is not. */
const NO_TIMES = [
  '2026-1-31',
  '2026-01-31T10:00',
  '2026-01-31 10:00',
  '2026-01-31 10:00Z',
  'last 7',
  '1/2/2026',
  'Jan 31 2026',
  '31.01.2026',
  'foo 3',
  '2026',
  '2026-01',
  '20260131',
  '2026-W05',
  '2026-031',
  '-7',
  '7',
  '1e3',
  '+7d',
  '7D',
  ' 7d',
  'yesterday',
  '2026-02-30',
  '2026-02-31T10:00:00Z',
  '2025-02-29T00:00:00+09:00',
  '2026-01-31T25:00Z',
  '2026-01-31T10:00+0200',
  '2026-01-31T10:00:00 02:00',
  '+002026-01-31T10:00:00Z',
];

describe('A time', () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack({ sites: [{ id: 'shop', timezone: 'Europe/Berlin' }], adminKeys: [ADMIN_KEY] });
  });
  afterAll(() => stack.close());

  async function ask<Data>(path: string, init: RequestInit = {}) {
    const headers = { authorization: `Bearer ${ADMIN_KEY}` };
    return stack.collector
      .fetch(new Request(`http://localhost/api${path}`, { headers, ...init }))
      .then(readReply<Data>);
  }

  it.each(NO_TIMES)(
    'is refused in every read, by name and with the forms that there are: %j',
    async (time) => {
      const asked = `from=${encodeURIComponent(time)}`;
      for (const path of ['/stats?interval=month&', '/export?', '/sessions?', '/funnel?steps=/a&steps=/b&']) {
        const reply = await ask<{ issues: { path: string; message: string }[] }>(`${path}${asked}`);
        expect(reply.code).toBe(400);
        const [issue] = reply.data.issues;
        expect(issue).toMatchObject({ path: 'from', message: expect.stringContaining('ISO 8601') });
      }
    },
  );

  it('that is a date begins and ends in the zone that is asked for, whatever that of the machine', async () => {
    const range = async (query: string) =>
      (await ask<{ from: string; to: string }>(`/stats?interval=hour&${query}`)).data;
    expect(await range('from=2026-01-31&to=2026-01-31')).toMatchObject({
      from: '2026-01-30T23:00:00.000Z',
      to: '2026-01-31T23:00:00.000Z',
    });
    expect(await range('from=2026-01-31&to=2026-01-31&timezone=Asia/Seoul')).toMatchObject({
      from: '2026-01-30T15:00:00.000Z',
      to: '2026-01-31T15:00:00.000Z',
    });
    expect(await range('from=2026-01-31T10:00%2B02:00&to=1769853600')).toMatchObject({
      from: '2026-01-31T08:00:00.000Z',
      to: '2026-01-31T10:00:00.000Z',
    });
  });

  it.each(['2026-02-31T10:00:00Z', '2026-02-30T10:00:00+01:00', '2026-01-31T10:00', '2026-01-31'])(
    'of an annotation is refused by the same check: %s',
    async (at) => {
      const reply = await ask('/annotations', {
        method: 'POST',
        body: JSON.stringify({ at, text: 'release' }),
      });
      expect(reply).toMatchObject({ code: 400, data: { issues: [{ path: 'at' }] } });
    },
  );

  it.each([['2026-02-31T10:00:00Z'], ['2026-01-31 12:00'], ['soon'], [Number.NaN]])(
    'of a step of shards is refused by the same check: %s',
    (from) => {
      const sites = [{ id: 'shop', shards: [{ from, count: 2 }] }];
      const make = () => createCollector({ store: stack.store, secret: SECRET, sites });
      expect(make).toThrow(/from must be .*ISO 8601/);
    },
  );
});
