import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type {
  Alert,
  AlertsData,
  FunnelData,
  RealtimeData,
  SessionsData,
  StatsData,
} from '@liveinsight/schema';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { detectChannel } from '../../src/alerts/channel.js';
import { ask } from '../raw-data/ask.js';
import { ADMIN_KEY, type DynamoStack, post, readReply, startDynamoStack } from '../stack.js';
import { type Receiver, startReceiver } from './receiver.js';

const program = fileURLToPath(new URL('./collector-process.js', import.meta.url));

describe('Alerts', () => {
  let stack: DynamoStack;
  let receiver: Receiver;
  let children: ChildProcess[];
  beforeEach(async () => {
    children = [];
    receiver = await startReceiver();
    stack = await startDynamoStack({
      adminKeys: [ADMIN_KEY],
      rollUpEverySeconds: 0,
      allowPrivateWebhooks: true,
    });
  });
  afterEach(async () => {
    const gone = children.filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null);
    await Promise.all(gone.map((child) => child.kill('SIGKILL') && once(child, 'exit')));
    await stack.close();
    await receiver.close();
  });

  const get = async <Data>(path: string) =>
    (await readReply<Data>(await ask(stack.collector, `/api${path}`))).data;

  async function make(rule: object): Promise<Alert> {
    const body = JSON.stringify({
      name: 'busy',
      metric: 'page_views',
      comparison: 'above',
      threshold: 2,
      window_minutes: 5,
      enabled: true,
      ...rule,
    });
    const reply = await readReply<Alert>(await ask(stack.collector, '/api/alerts', { method: 'POST', body }));
    expect(reply.code).toBe(200);
    return reply.data;
  }

  async function change(alert: Alert, to: object): Promise<void> {
    const init = { method: 'PUT', body: JSON.stringify({ ...alert, version: undefined, ...to }) };
    expect((await ask(stack.collector, `/api/alerts/${alert.id}`, init)).status).toBe(200);
  }

  const now = async (id: string) =>
    (await get<AlertsData>('/alerts')).alerts.find((alert) => alert.id === id);

  it.each([
    ['slack', { text: expect.stringContaining('&lt;!channel&gt; &amp; more') }],
    ['discord', { content: expect.stringContaining('<!channel> & more'), allowed_mentions: { parse: [] } }],
    [
      'teams',
      {
        type: 'message',
        attachments: [
          {
            contentType: 'application/vnd.microsoft.card.adaptive',
            content: { type: 'AdaptiveCard', body: [{ type: 'TextBlock', wrap: true }] },
          },
        ],
      },
    ],
    ['webhook', { type: 'alert.fired', data: { alert: { name: '<!channel> & more' } } }],
  ])('tell a channel of %s in its own format', async (channel, body) => {
    const { id } = await make({ name: '<!channel> & more', threshold: 0, webhook: receiver.url, channel });
    await visit(['s1']);
    await stack.collector.rollUp();
    await receiver.has(1);
    expect(receiver.received[0]?.message).toMatchObject(body);
    expect(await now(id)).toMatchObject({ channel });
  });

  it.each([
    ['https://hooks.slack.com/services/T/B/x', 'slack'],
    ['https://discord.com/api/webhooks/1/x', 'discord'],
    ['https://discord.com/api/webhooks/1/x/slack', 'slack'],
    ['https://contoso.webhook.office.com/webhookb2/x', 'teams'],
    ['https://prod-1.westeurope.logic.azure.com/workflows/x', 'teams'],
    ['https://shop.example/discord.com', 'webhook'],
    ['https://notdiscord.com/api/webhooks/1/x', 'webhook'],
  ])('know the format that %s takes: %s', (url, channel) => {
    expect(detectChannel(url)).toBe(channel);
  });

  /** Sessions of one view each, then what else is said. */
  async function visit(sessions: string[], more: object[] = [], page = '/'): Promise<void> {
    for (const session_id of sessions) {
      const events = [
        { event_type: 'page_view', page_url: `https://shop.example${page}`, view: 1, first_on_page: true },
        ...more,
      ];
      const batch = { v: 1, site: 'shop', session: { session_id, entry_page: page }, events };
      const { status } = await stack.collector.fetch(new Request('http://c/api/events', post(batch)));
      expect(status).toBe(200);
    }
  }

  it('fire and are over, tell their webhook each once, and show how it stands', async () => {
    const alert = await make({ webhook: receiver.url, cooldown_minutes: 0 });
    await visit(['s1', 's2']);
    await stack.collector.rollUp();
    expect((await now(alert.id))?.state).toMatchObject({ status: 'ok', value: 2 });
    await visit(['s3']);
    await stack.collector.rollUp();
    await stack.collector.rollUp();
    expect(receiver.received).toHaveLength(1);
    const { message, headers } = receiver.received[0] ?? {};
    expect(message).toMatchObject({
      type: 'alert.fired',
      text: 'Alert: busy (shop): 3; page views above 2 within 5 minutes',
      data: { site: 'shop', alert: { id: alert.id, name: 'busy', threshold: 2 }, value: 3 },
    });
    expect(message?.data.alert).not.toHaveProperty('webhook');
    expect(headers?.['webhook-signature']).toMatch(/^v1,/);
    expect((await now(alert.id))?.state).toMatchObject({
      status: 'firing',
      value: 3,
      fired_at: message?.data.fired_at,
      delivery: { message: 'fired', status: 'delivered', attempts: 1 },
    });
    await change(alert, { threshold: 3 });
    await stack.collector.rollUp();
    expect(receiver.received.map(({ message }) => message.type)).toEqual(['alert.fired', 'alert.resolved']);
    expect((await now(alert.id))?.state).toMatchObject({ status: 'ok', delivery: { message: 'resolved' } });
  });

  it('say what their webhook answered, and when it is told again', async () => {
    receiver.answer = (reply) => reply.writeHead(503).end();
    const alert = await make({ webhook: receiver.url, comparison: 'below' });
    await stack.collector.rollUp();
    const { delivery } = (await now(alert.id))?.state ?? {};
    expect(delivery).toMatchObject({
      status: 'waiting',
      attempts: 1,
      http_status: 503,
      error: 'answered 503',
    });
    expect(Date.parse(delivery?.next_attempt_at ?? '') - Date.parse(delivery?.at ?? '')).toBe(30_000);
  });

  it('agree with the live view and with lists on which page each session is', async () => {
    const at = Date.now();
    const view = (path: string, ago: number, more = {}) => ({
      event_type: 'page_view',
      page_url: `https://shop.example${path}`,
      timestamp: at - ago,
      ...more,
    });
    const click = (path: string, ago: number) => ({
      ...view(path, ago),
      event_type: 'click',
      element_tag: 'a',
    });
    const batches: [session: string, events: object[]][] = [
      ['moved-on', [view('/cart', 60_000), view('/', 30_000)]],
      ['stays', [view('/cart', 60_000)]],
      ['stays', [click('/cart', 20_000), { event_type: 'custom', name: 'beat', timestamp: at - 10_000 }]],
      // What happened before arrives after.
      ['late', [view('/cart', 20_000)]],
      ['late', [view('/', 50_000)]],
      ['clicks-only', [click('/cart', 9_000)]],
      ['nowhere', [{ event_type: 'custom', name: 'beat', timestamp: at - 1_000 }]],
    ];
    for (const [session_id, events] of batches) {
      const init = post({ site: 'shop', session: { session_id }, sent_at: at, events });
      expect((await stack.collector.fetch(new Request('http://collector/api/events', init))).status).toBe(
        200,
      );
    }
    const realtime = await get<RealtimeData>('/realtime');
    const pages = new Map(realtime.pages.map(({ value, sessions }) => [value, sessions]));
    expect(pages).toEqual(new Map(Object.entries({ '/cart': 3, '/': 1, '': 1 })));
    const { sessions } = await get<SessionsData>('/sessions?from=1h');
    const listed = (rows: { session_id: string; current_page: string }[]) =>
      new Map(rows.map(({ session_id, current_page }) => [session_id, current_page]));
    expect(listed(sessions)).toEqual(listed(realtime.sessions));
    const rules = await Promise.all(
      ['/cart', '/', '/nobody'].map((value) =>
        make({ metric: 'active_sessions', dimension: 'page', value, window_minutes: 30, threshold: 100 }),
      ),
    );
    const all = await make({ metric: 'active_sessions', window_minutes: 30, threshold: 100 });
    await stack.collector.rollUp();
    const values = await Promise.all(rules.map(async ({ id }) => (await now(id))?.state?.value));
    expect(values).toEqual([3, 1, 0]);
    const funnel = await get<FunnelData>('/funnel?from=1h&steps=page:/cart,page:/');
    const active = realtime.active_sessions.last_30_minutes;
    expect([(await now(all.id))?.state?.value, funnel.sessions]).toEqual([active, active]);
    expect(funnel.steps.map(({ sessions }) => sessions)).toEqual([3, 1]);
  });

  it('watch the very numbers that the read API answers', async () => {
    const buy = {
      event_type: 'conversion',
      conversion_type: 'purchase',
      page_url: 'https://shop.example/cart',
      nth: 1,
      nth_of_type: 1,
    };
    const fail = { event_type: 'custom', name: 'error', page_url: 'https://shop.example/cart', props: {} };
    await visit(['s1', 's2', 's3'], [buy, fail], '/cart');
    await visit(['s4']);
    const total = await get<StatsData>('/stats?from=24h&breakdown=page,event_name');
    const realtime = await get<RealtimeData>('/realtime');
    const row = (breakdown: string, value: string) =>
      total.breakdowns[breakdown]?.find((one) => one.value === value);
    const numbers: [object, number | null | undefined][] = [
      [{ metric: 'active_sessions' }, realtime.active_sessions.last_5_minutes],
      [{ metric: 'active_sessions', dimension: 'source', value: '(direct)' }, 4],
      [{ metric: 'active_sessions', dimension: 'page', value: '/cart' }, 3],
      [{ metric: 'page_views' }, total.totals.page_views],
      [{ metric: 'visitors' }, total.totals.visitors],
      [{ metric: 'conversions' }, total.totals.conversions],
      [{ metric: 'conversion_rate' }, total.totals.conversion_rate],
      [{ metric: 'page_views', dimension: 'page', value: '/cart' }, row('page', '/cart')?.page_views],
      [{ metric: 'events', dimension: 'event_name', value: 'error' }, row('event_name', 'error')?.events],
      [{ metric: 'conversions', dimension: 'conversion_type', value: 'purchase' }, 3],
      [{ metric: 'events', dimension: 'country', value: 'KR' }, 0],
    ];
    const made = [];
    for (const [rule, wanted] of numbers)
      made.push({ alert: await make({ threshold: 1_000, ...rule }), wanted });
    await stack.collector.rollUp();
    const { alerts } = await get<AlertsData>('/alerts');
    const shown = new Map(alerts.map(({ id, state }) => [id, state?.value]));
    for (const { alert, wanted } of made)
      expect([alert.metric, shown.get(alert.id)]).toEqual([alert.metric, wanted]);
  });

  it('of a site without traffic are checked too', async () => {
    await make({ webhook: receiver.url, comparison: 'below', metric: 'active_sessions', threshold: 1 });
    await stack.collector.rollUp();
    expect(receiver.received).toHaveLength(1);
  });

  it('are forgotten with what is known of them when they are deleted', async () => {
    const alert = await make({ comparison: 'below' });
    await stack.collector.rollUp();
    await ask(stack.collector, `/api/alerts/${alert.id}`, { method: 'DELETE' });
    expect(await stack.store.settings('shop', 'alert_state')).toEqual([]);
    await stack.collector.rollUp();
    expect(await stack.store.settings('shop', 'alert_state')).toEqual([]);
  });

  it('are told once by two processes with timers, and by the other one when the first is killed', async () => {
    for (let number = 0; number < 2; number += 1) {
      const child = fork(program, [stack.endpoint], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
      children.push(child);
      await once(child, 'message');
    }
    const alert = await make({ webhook: receiver.url, cooldown_minutes: 0 });
    await visit(['s1', 's2', 's3']);
    await receiver.has(1);
    // A process that dies before it has noted this leaves the other to wait for its claim to run out.
    await vi.waitUntil(async () => (await now(alert.id))?.state?.delivery?.status === 'delivered', 20_000);
    children[0]?.kill('SIGKILL');
    await change(alert, { threshold: 3 });
    await receiver.has(2);
    await change(alert, { threshold: 2 });
    await receiver.has(3);
    expect(receiver.received.map(({ message }) => message.type)).toEqual([
      'alert.fired',
      'alert.resolved',
      'alert.fired',
    ]);
    expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(3);
  });
});
