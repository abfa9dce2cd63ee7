/** What is stored of the addresses that pages, links and referrers have, whatever sent them. */
import type { WireEvent } from '@liveinsight/schema';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toPage } from '../../src/events/page-path.js';
import { cleanReferrer, cleanUrl } from '../../src/ingest/clean-url.js';
import { ask } from '../raw-data/ask.js';
import { ADMIN_KEY, post, READ_KEY, readReply, type Stack, startStack, storedEvents } from '../stack.js';

const pages: [sent: string, stored: string | undefined][] = [
  ['', ''],
  ['/', '/'],
  ['/cart', '/cart'],
  ['cart', 'cart'],
  ['/장바구니/결제', '/장바구니/결제'],
  ['https://shop.example', 'https://shop.example'],
  ['https://shop.example:8443/a/b', 'https://shop.example:8443/a/b'],
  ['https://shop.example/é%20ü', 'https://shop.example/é%20ü'],
  ['https://shop.example/reset?token=SECRET&to=a@b', 'https://shop.example/reset'],
  ['/reset?token=SECRET#/route', '/reset#/route'],
  ['https://shop.example/#access_token=SECRET', 'https://shop.example/'],
  ['https://shop.example/#top', 'https://shop.example/'],
  ['#access_token=SECRET', ''],
  ['https://shop.example/app#/orders/7?token=SECRET', 'https://shop.example/app#/orders/7'],
  ['https://shop.example/app#!/orders', 'https://shop.example/app#!/orders'],
  ['https://shop.example/app#/back&access_token=SECRET', 'https://shop.example/app#/back'],
  ['https://shop.example/app#/access_token=SECRET', 'https://shop.example/app#/access_token'],
  ['https://shop.example/app#/a#access_token=SECRET', 'https://shop.example/app#/a'],
  ['https://user:SECRET@shop.example/a', 'https://shop.example/a'],
  ['https://user@with@SECRET@shop.example', 'https://shop.example'],
  ['HTTPS://user:SECRET@Shop.example/a?b', 'https://Shop.example/a'],
  ['//user:SECRET@shop.example/a', 'https://shop.example/a'],
  ['https:user:SECRET@shop.example/a', 'https://shop.example/a'],
  ['https:/user:SECRET@shop.example/a', 'https://shop.example/a'],
  ['https:///user:SECRET@shop.example/a', 'https://shop.example/a'],
  ['\\\\user:SECRET@shop.example\\a', 'https://shop.example/a'],
  ['ht\ntps://user:SECRET@shop.example/a', 'https://shop.example/a'],
  [' \u0000https://user:SECRET@shop.example/a\t', 'https://shop.example/a'],
  ['https://exa mple/?SECRET', undefined],
  ['https://[SECRET', undefined],
  ['https://[::1]:8080/a', 'https://[::1]:8080/a'],
  ['mailto:alice@example.com', undefined],
  ['\tMAIL\nTO:alice@example.com', undefined],
  ['tel:+4915112345678', undefined],
  ['sms:+4915112345678', undefined],
  ['javascript:void("SECRET")', undefined],
  ['data:text/html,SECRET', undefined],
  ['blob:https://shop.example/SECRET', undefined],
  ['file:///Users/jane.doe/saved.html', undefined],
  ['C:\\Users\\jane.doe\\saved.html', undefined],
  ['chrome-extension://abcdef/page.html', undefined],
  ['ws://user:SECRET@shop.example/', undefined],
  [` https:/shop.example/${'가'.repeat(2_000)}`, undefined],
];

describe('the address of a page or a link', () => {
  it.each(pages)('%j is stored as %j', (sent, stored) => expect(cleanUrl(sent)).toBe(stored));

  it('is the same when it is cleaned again', () => {
    for (const [, stored] of pages) if (stored !== undefined) expect(cleanUrl(stored)).toBe(stored);
  });
});

const hashRoutes: [sent: string, stored: string][] = [
  ['https://shop.example/#about', 'https://shop.example/#about'],
  ['https://shop.example/?q=SECRET#about', 'https://shop.example/#about'],
  ['/app#orders/7?token=SECRET', '/app#orders/7'],
  ['#카트', '#카트'],
  ['/#/cart?token=SECRET', '/#/cart'],
  ['/#!cart', '/#!cart'],
  ['/#', '/'],
  ['/#access_token=SECRET', '/'],
  ['/#state&code=SECRET', '/'],
  ['/#callback&SECRET', '/'],
  ['/#a#SECRET', '/'],
  ['/#?token=SECRET', '/'],
];

describe('the address of a page, where the sender says that its fragments are routes', () => {
  it.each(hashRoutes)('%j is stored as %j', (sent, stored) => {
    expect(cleanUrl(sent, true)).toBe(stored);
    expect(cleanUrl(stored, true)).toBe(stored);
  });
});

it.each([
  ['https://mail.example/inbox?user=alice@example.com&token=SECRET', 'https://mail.example/inbox'],
  ['https://user:SECRET@www.google.com/search?q=x', 'https://www.google.com/search'],
  ['android-app://com.google.android.gm/?account=alice', 'android-app://com.google.android.gm/'],
  ['https://shop.example/#/orders?id=7', 'https://shop.example/#/orders'],
  ['/only/a/path', undefined],
  ['not an address', undefined],
  ['mailto:alice@example.com', undefined],
  ['file:///Users/jane.doe/mail.html', undefined],
  ['', undefined],
])('the referrer %j is stored as %j', (sent, stored) => expect(cleanReferrer(sent)).toBe(stored));

describe('a batch from a sender of any age', () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack();
  });
  afterAll(() => stack.close());

  it('is stored without what its addresses tell besides, every event of it', async () => {
    const page_url = 'https://user:SECRET@shop.example/reset?token=SECRET#access_token=SECRET';
    const link = (href: string): WireEvent => ({ event_type: 'click', page_url, element_tag: 'A', href });
    const custom = (name: string, props: Record<string, string>): WireEvent => ({
      event_type: 'custom',
      name,
      props,
    });
    const events: WireEvent[] = [
      { event_type: 'page_view', page_url, from_page: '/before?token=SECRET' },
      link('/reset?token=SECRET'),
      link('mailto:SECRET@example.com'),
      link('#access_token=SECRET'),
      custom('outbound_click', { url: 'https://user:SECRET@example.org/a#access_token=SECRET' }),
      custom('not_found', { from: 'https://example.org/a?token=SECRET' }),
      custom('file_download', { url: 'blob:https://shop.example/SECRET' }),
      custom('error', { message: 'x', source: 'file:///folder/SECRET/saved.js:12:7' }),
      custom('error', { message: 'x', source: 'https://shop.example/app.js?SECRET:12:7' }),
      custom('mine', { url: 'https://shop.example/?is=mine' }),
      { event_type: 'page_view', page_url: 'file:///folder/SECRET/saved.html' },
    ];
    const session = {
      session_id: 'addresses',
      entry_page: '/reset?token=SECRET',
      referrer: 'https://mail.example/inbox?token=SECRET',
    };
    const request = new Request('http://collector/api/events', post({ session, events }));
    const { data } = await readReply(await stack.collector.fetch(request));
    expect(data).toMatchObject({ accepted: events.length, rejected: [] });

    const stored = await storedEvents(stack.store, 'addresses');
    expect(stored).toHaveLength(events.length);
    expect(JSON.stringify(stored).includes('SECRET')).toBe(false);
    expect(stored[0]).toMatchObject({ page_url: 'https://shop.example/reset', from_page: '/before' });
    expect(stored[0]?.batch).toMatchObject({ entry_page: '/reset', referrer: 'https://mail.example/inbox' });
    const links = stored.map((event) => ('href' in event ? event.href : undefined));
    expect(links.slice(1, 4)).toEqual(['/reset', undefined, undefined]);
    const props = stored.flatMap((event) => event.props ?? []);
    expect(props).toEqual([
      { url: 'https://example.org/a' },
      { from: 'https://example.org/a' },
      {},
      { message: 'x' },
      { message: 'x', source: 'https://shop.example/app.js:12:7' },
      { url: 'https://shop.example/?is=mine' },
    ]);
    const live = new Request('http://collector/api/realtime', { headers: { 'x-api-key': READ_KEY } });
    expect(await (await stack.collector.fetch(live)).text()).not.toContain('SECRET');
  });
});

describe('a batch whose pages are fragments', () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack({ adminKeys: [ADMIN_KEY] });
  });
  afterAll(() => stack.close());

  const view = (fragment: string, more: object = {}) => ({
    event_type: 'page_view',
    page_url: `https://shop.example/${fragment}`,
    ...more,
  });
  const send = async (body: object) =>
    readReply(await stack.collector.fetch(new Request('http://collector/api/events', post(body))));
  const pages = async (session: string) =>
    (await storedEvents(stack.store, session)).map(({ page_url }) => toPage(page_url));

  it('counts each of them, where it says so, and so does an import of its export', async () => {
    const events = [
      view('#about', { event_id: 'hash-about' }),
      view('#jobs', { event_id: 'hash-jobs', from_page: '/#about' }),
      view('#access_token=SECRET', { event_id: 'hash-token' }),
    ];
    await send({ hash_routes: true, session: { session_id: 'hash', entry_page: '/#about' }, events });
    await send({ session: { session_id: 'plain' }, events: [view('#about', { event_id: 'plain' })] });
    await send({
      hash_routes: 'yes',
      session: { session_id: 'bad' },
      events: [view('#about', { event_id: 'bad' })],
    });
    expect(await pages('hash')).toEqual(['/#about', '/#jobs', '/']);
    expect(await pages('plain')).toEqual(['/']);
    expect(await pages('bad')).toEqual(['/']);
    const [about, jobs] = await storedEvents(stack.store, 'hash');
    expect(about?.batch.entry_page).toBe('/#about');
    expect(jobs).toMatchObject({ page_url: 'https://shop.example/#jobs', from_page: '/#about' });

    const lines = await (await ask(stack.collector, '/api/export?from=1h')).text();
    const other = await startStack({ adminKeys: [ADMIN_KEY] });
    const loaded = await ask(other.collector, '/api/import', { method: 'POST', body: lines });
    expect(loaded.status).toBe(200);
    const again = await (await ask(other.collector, '/api/export?from=1h')).text();
    await other.close();
    const urls = (text: string) => [...text.matchAll(/"page_url":"([^"]*)"/g)].map(([, url]) => url).sort();
    expect(urls(again)).toEqual(urls(lines));
    expect(urls(lines)).toContain('https://shop.example/#about');
  });
});

describe('an event_id that somebody has used first', () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack();
  });
  afterAll(() => stack.close());

  const send = async (body: object) =>
    readReply(await stack.collector.fetch(new Request('http://collector/api/events', post(body))));

  it('is told to the second sender, and its own retry is not', async () => {
    const order = { event_type: 'conversion', conversion_type: 'purchase', value: 99, currency: 'EUR' };
    await send({ event_type: 'custom', name: 'nothing', event_id: 'order-1002' });
    const { code, data } = await send({ ...order, event_id: 'order-1002' });
    expect({ code, accepted: data.accepted, rejected: data.rejected }).toEqual({
      code: 400,
      accepted: 0,
      rejected: [
        {
          index: 0,
          event_id: 'order-1002',
          code: 'batch_name_reused',
          path: 'event_id',
          message: expect.stringContaining('another event is stored under this event_id'),
        },
      ],
    });
    for (const _attempt of [1, 2]) {
      expect((await send({ ...order, event_id: 'order-1003' })).data).toMatchObject({ accepted: 1 });
    }
  });
});
