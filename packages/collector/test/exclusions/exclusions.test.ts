/** What is left out, from the setting to the response, and what happens when the rules cannot be read. */
import type { ExcludedReport, Store } from '@liveinsight/collector';
import type { Exclusion, ExclusionLink, IngestData, RejectionsData } from '@liveinsight/schema';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createExclusions } from '../../src/exclusions/exclusions.js';
import { compileRules } from '../../src/exclusions/rules.js';
import { ADMIN_KEY, post, READ_KEY, readReply, type Stack, startStack } from '../stack.js';

describe('events that a rule leaves out', () => {
  let stack: Stack;
  let ids = 0;
  const reports: ExcludedReport[] = [];
  beforeAll(async () => {
    stack = await startStack({
      adminKeys: [ADMIN_KEY],
      countryHeader: 'x-country',
      onExcluded: (report) => reports.push(report),
    });
  });
  afterAll(() => stack.close());

  const call = async <Data>(path: string, init: RequestInit = {}, key = ADMIN_KEY) =>
    readReply<Data>(
      await stack.collector.fetch(
        new Request(`http://collector/api${path}`, {
          ...init,
          headers: { ...(init.headers as object), 'x-api-key': key },
        }),
      ),
    );
  const addRule = (rule: object) => call<Exclusion>('/exclusions', post(rule));

  async function send(pages: string[], { headers = {}, ip = '198.51.100.7', ...more }: SendOptions = {}) {
    const session_id = `s-${++ids}`;
    const events = pages.map((page_url, index) => ({
      event_id: `${session_id}.${index}`,
      event_type: 'page_view',
      page_url,
      view: index + 1,
    }));
    const { session, ...batch } = more as { session?: object };
    const request = new Request(
      'http://collector/api/events',
      post({ batch: `${session_id}.0`, ...batch, session: { session_id, ...session }, events }, headers),
    );
    const reply = await readReply<IngestData>(await stack.collector.fetch(request, { ip }));
    const stored = (await stack.store.session('shop', session_id)).flatMap((item) => item.events);
    return { reply, stored: stored.map(({ page_url }) => page_url) };
  }
  interface SendOptions {
    headers?: Record<string, string>;
    ip?: string;
    [field: string]: unknown;
  }

  it('are not stored, and the response, the rejections and the application say so', async () => {
    const { data: rule } = await addRule({ by: 'path', value: '/admin/*', name: 'our back office' });
    const kept = 'https://shop.example/cart';
    const { reply, stored } = await send([kept, 'https://shop.example/admin/users']);
    expect(reply).toMatchObject({ code: 200, data: { accepted: 1, rejected: [], excluded: 1 } });
    expect(stored).toEqual([kept]);
    // All of a batch: the tracker must not send it again.
    const all = await send(['https://shop.example/admin/a', 'https://shop.example/admin/b']);
    expect(all.reply).toMatchObject({ code: 200, data: { accepted: 0, rejected: [], excluded: 2 } });
    expect(all.stored).toEqual([]);
    const { data } = await call<RejectionsData>('/rejections?from=1h', {}, READ_KEY);
    expect(data.rejections).toMatchObject([{ code: 'excluded', path: 'path /admin/*', count: 3 }]);
    expect(reports).toEqual([
      { site: 'shop', events: 1, by: 'path', value: '/admin/*' },
      { site: 'shop', events: 2, by: 'path', value: '/admin/*' },
    ]);
    const { data: listed } = await call<{ exclusions: Exclusion[] }>('/exclusions', {}, READ_KEY);
    expect(listed.exclusions).toMatchObject([{ by: 'path', value: '/admin/*', name: 'our back office' }]);
    await call(`/exclusions/${rule.id}`, { method: 'DELETE' });
    expect((await send(['https://shop.example/admin/a'])).reply.data).toEqual({ accepted: 1, rejected: [] });
  });

  it('are those of an address, a country or a browser', async () => {
    const page = ['https://shop.example/'];
    const rules = await Promise.all([
      addRule({ by: 'address', value: '203.0.113.0/24' }),
      addRule({ by: 'country', value: 'FR' }),
      addRule({ by: 'user_agent', value: 'Lighthouse' }),
      addRule({ by: 'host', value: '*.staging.example' }),
    ]);
    const excluded = { accepted: 0, rejected: [], excluded: 1 };
    expect((await send(page, { ip: '203.0.113.9' })).reply.data).toEqual(excluded);
    // As a socket that takes both kinds names it.
    expect((await send(page, { ip: '::ffff:203.0.113.9' })).reply.data).toEqual(excluded);
    expect((await send(page, { headers: { 'x-country': 'FR' } })).reply.data).toEqual(excluded);
    expect((await send(page, { context: { timezone: 'Europe/Paris' } })).reply.data).toEqual(excluded);
    expect((await send(page, { headers: { 'user-agent': 'x chrome-lighthouse' } })).reply.data).toEqual(
      excluded,
    );
    expect((await send(['https://a.staging.example/'])).reply.data).toEqual(excluded);
    expect((await send(page, { headers: { 'x-country': 'KR' } })).reply.data).toEqual({
      accepted: 1,
      rejected: [],
    });
    for (const { data } of rules) await call(`/exclusions/${data.id}`, { method: 'DELETE' });
  });

  it('are those of one’s own browser, by a link that only an admin key makes', async () => {
    expect((await call('/exclusions/link', { method: 'POST' }, READ_KEY)).code).toBe(401);
    const { data: link } = await call<ExclusionLink>('/exclusions/link', { method: 'POST' });
    expect(Date.parse(link.expires_at) - Date.now()).toBeGreaterThan(3_500_000);
    // As the tracker reads a campaign from the page's address.
    const {
      utm_source: source,
      utm_medium: medium,
      utm_campaign: campaign,
    } = Object.fromEntries(new URLSearchParams(link.parameters));
    const page = ['https://shop.example/'];
    const opened = { visitor_id: 'mine', session: { utm: { source, medium, campaign } } };
    expect((await send(page, opened)).reply.data).toEqual({ accepted: 0, rejected: [], excluded: 1 });
    expect((await send(page, { visitor_id: 'mine' })).reply.data).toMatchObject({ excluded: 1 });
    expect((await send(page, { visitor_id: 'another' })).reply.data).toEqual({ accepted: 1, rejected: [] });
    const { data: listed } = await call<{ exclusions: Exclusion[] }>('/exclusions');
    expect(listed.exclusions).toMatchObject([{ by: 'visitor', value: 'mine' }]);
    // A stranger's campaign of that name leaves nobody out.
    for (const forged of [`${campaign?.slice(0, -1)}x`, 'zzzzzzzzz.x', campaign?.split('.')[0], ''])
      expect(
        (await send(page, { visitor_id: 'v-2', session: { utm: { source, medium, campaign: forged } } }))
          .reply.data,
      ).toEqual({ accepted: 1, rejected: [] });
    await call(`/exclusions/${listed.exclusions[0]?.id}`, { method: 'DELETE' });
    expect((await send(page, { visitor_id: 'mine' })).reply.data).toEqual({ accepted: 1, rejected: [] });
  });

  it('cost none of the others where onExcluded throws', async () => {
    await stack.close();
    const log = vi.spyOn(console, 'error').mockImplementation(() => {});
    stack = await startStack({
      adminKeys: [ADMIN_KEY],
      onExcluded: () => {
        throw new Error('of the listener');
      },
    });
    await addRule({ by: 'path', value: '/admin' });
    const { reply, stored } = await send(['https://shop.example/a', 'https://shop.example/admin']);
    expect(reply).toMatchObject({ code: 200, data: { accepted: 1, excluded: 1 } });
    expect(stored).toEqual(['https://shop.example/a']);
    expect(log).toHaveBeenCalledWith('LiveInsight: a function of the options threw: of the listener');
    log.mockRestore();
  });

  it('are rejected with what would be right where a rule is wrong', async () => {
    const reply = await addRule({ by: 'address', value: '203.0.113.300' });
    expect(reply).toMatchObject({ code: 400, status: 'error' });
    expect(reply.message).toContain('value must be an address as 203.0.113.7, or a range');
  });
});

describe('rules that cannot be read', () => {
  const rule = { id: 'r', kind: 'exclusion', version: 1, body: '{"by":"country","value":"KR"}' } as const;
  const sender = { ip: () => '', country: 'KR', userAgent: '', visitorId: '' };

  it('leave nothing out, are reported, and are read again; those known before stay', async () => {
    let now = 0;
    let answer: () => ReturnType<Store['settings']> = () => Promise.reject(new Error('throttled'));
    const settings = vi.fn(() => answer());
    const errors: string[] = [];
    const exclusions = createExclusions(
      { settings },
      () => now,
      ({ message }) => errors.push(message),
    );
    const isExcluded = async () => (await exclusions.get('shop')).findForSender(sender) !== undefined;
    expect(await isExcluded()).toBe(false);
    expect(errors).toEqual(['throttled']);
    answer = async () => [rule];
    now += 4_000;
    expect(await isExcluded()).toBe(false);
    now += 1_000;
    await exclusions.get('shop');
    await vi.waitFor(async () => expect(await isExcluded()).toBe(true));
    expect(settings).toHaveBeenCalledTimes(2);
    answer = () => Promise.reject(new Error('away'));
    now += 30_000;
    expect(await isExcluded()).toBe(true);
    await vi.waitFor(() => expect(errors).toEqual(['throttled', 'away']));
    expect(await isExcluded()).toBe(true);
  });

  it('after a change are those from before it', async () => {
    let answer: () => ReturnType<Store['settings']> = async () => [rule];
    const exclusions = createExclusions({ settings: () => answer() }, Date.now, () => {});
    const isExcluded = async () => (await exclusions.get('shop')).findForSender(sender) !== undefined;
    expect(await isExcluded()).toBe(true);
    answer = () => Promise.reject(new Error('throttled'));
    exclusions.forget('shop');
    expect(await isExcluded()).toBe(true);
    answer = async () => [];
    exclusions.forget('shop');
    expect(await isExcluded()).toBe(false);
  });

  it('hold nothing up for longer than a second, and one that is not known costs none of the others', async () => {
    const hanging = createExclusions({ settings: () => new Promise(() => {}) });
    expect((await hanging.get('shop')).isEmpty).toBe(true);
    const errors: string[] = [];
    const newer = { ...rule, id: 'newer', body: '{"by":"mood","value":"bad"}' };
    const exclusions = createExclusions({ settings: async () => [newer, rule] }, Date.now, ({ message }) =>
      errors.push(message),
    );
    expect((await exclusions.get('shop')).findForSender(sender)).toEqual({ by: 'country', value: 'KR' });
    expect(errors).toEqual(['the exclusion newer is none that this version knows']);
    expect(compileRules([]).isEmpty).toBe(true);
  });
});
