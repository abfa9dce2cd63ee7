import { type Insight, startInsight } from '@liveinsight/testing';
import '@liveinsight/testing/vitest';
import { extendedScript } from '@liveinsight/tracker/script';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { custom, send } from './send.js';

let insight: Insight;
beforeAll(async () => {
  insight = await startInsight();
});
beforeEach(() => insight.reset());
afterAll(() => insight.close());

const failure = (expectation: Promise<void>): Promise<string> =>
  expectation.then(
    () => expect.unreachable('it passes'),
    (error: Error) => error.message,
  );

describe('toHaveTracked', () => {
  it('passes for an event that is stored, by its name and some of its properties', async () => {
    await send(insight, custom('signup', { plan: 'pro', seats: 3 }));
    await expect(insight).toHaveTracked('signup');
    await expect(insight).toHaveTracked('signup', { plan: 'pro' });
    await expect(insight).toHaveTracked('signup', { plan: expect.stringMatching(/^p/), seats: 3 });
    await expect(insight).toHaveTracked('custom', { name: 'signup', site: 'shop', session_id: 'session-1' });
  });

  it('takes an object of other names for another', async () => {
    await send(insight, custom('signup', { plan: 'pro' }));
    await expect(insight).not.toHaveTracked('signup', { props: { price: undefined } });
  });

  it('knows a conversion by its type, and other events by theirs', async () => {
    const at = { timestamp: Date.now() };
    await send(
      insight,
      {
        ...at,
        event_id: 'c',
        event_type: 'conversion',
        conversion_type: 'purchase',
        value: 12.5,
        currency: 'EUR',
      },
      { ...at, event_id: 'v', event_type: 'page_view', page_url: 'https://shop.example/cart' },
    );
    await expect(insight).toHaveTracked('purchase', { value: 12.5, currency: 'EUR' });
    await expect(insight).toHaveTracked('page_view', { page_url: 'https://shop.example/cart' });
  });

  it('waits for what arrives later, also while a test holds the clock', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
    try {
      const expectation = expect(insight).toHaveTracked('late', {}, { timeoutMs: 60_000 });
      await send(insight, custom('late'));
      await expectation;
    } finally {
      vi.useRealTimers();
    }
  });

  it('fails at the deadline, and shows the nearest events, what arrived and what was rejected', async () => {
    await send(
      insight,
      custom('signup', { plan: 'free' }),
      custom('sign_up', { plan: 'pro' }),
      custom('checkout'),
      custom('checkout'),
      { event_type: 'signup', timestamp: Date.now() },
    );
    const message = await failure(expect(insight).toHaveTracked('signup', { plan: 'pro' }, { timeoutMs: 1 }));
    expect(message).toContain("expected 'signup' { plan: 'pro' } to be tracked within 1 ms");
    expect(message).toContain(insight.endpoint);
    const [first, second] = message.slice(message.indexOf('nearest of 4 arrived:')).split('\n').slice(1);
    expect(first).toBe("  'signup' { plan: 'free' }: plan is 'free', not 'pro'");
    expect(second).toBe("  'sign_up' { plan: 'pro' }: the name is not 'signup'");
    expect(message).toContain('arrived: signup, sign_up, checkout ×2');
    expect(message).toMatch(/rejected:\n {2}.*event_type must be one of/);
  });

  it('says where events were expected if none has arrived', async () => {
    const message = await failure(expect(insight).toHaveTracked('signup', {}, { timeoutMs: 1 }));
    expect(message).toContain(`sent to ${insight.endpoint}\n\nno event has arrived`);
  });

  it('counts: an event that is sent twice is stored once, two events are two', async () => {
    const purchase = custom('purchase');
    await send(insight, purchase);
    await send(insight, purchase);
    await expect(insight).toHaveTracked('purchase', {}, { times: 1 });
    await send(insight, custom('purchase'));
    await expect(insight).toHaveTracked('purchase', {}, { times: 2 });
    expect(await failure(expect(insight).toHaveTracked('purchase', {}, { times: 1 }))).toContain(
      'to be tracked 1 time within 4000 ms, but it was 2 times',
    );
  });

  it('rejects something else than a collector', async () => {
    expect(await failure(expect({}).toHaveTracked('signup'))).toContain('expect(insight)');
  });
});

describe('not.toHaveTracked', () => {
  it('passes at once, and fails for what has arrived', async () => {
    await expect(insight).not.toHaveTracked('signup');
    await send(insight, custom('signup', { plan: 'pro' }));
    await expect(insight).not.toHaveTracked('signup', { plan: 'free' });
    expect(await failure(expect(insight).not.toHaveTracked('signup'))).toContain(
      "expected 'signup' not to be tracked, but it was 1 times",
    );
  });

  it('waits for requests that are not answered yet', async () => {
    const sending = send(insight, custom('first'), custom('error'));
    await insight.waitFor('first');
    expect(await failure(expect(insight).not.toHaveTracked('error'))).toContain('not to be tracked');
    await sending;
  });

  it('fails at the arrival where it is given time', async () => {
    const expectation = failure(expect(insight).not.toHaveTracked('error', {}, { timeoutMs: 60_000 }));
    await send(insight, custom('error'));
    expect(await expectation).toContain('not to be tracked');
  });
});

describe('the collector', () => {
  it('forgets everything by reset, and stores the same event anew', async () => {
    const event = custom('signup');
    await send(insight, event);
    expect(insight.events('signup')).toMatchObject([
      { site: 'shop', session_id: 'session-1', name: 'signup' },
    ]);
    await insight.reset();
    expect(insight.events()).toEqual([]);
    await send(insight, event);
    expect(insight.events()).toHaveLength(1);
  });

  it('rejects what waits for an event that does not come', async () => {
    await expect(insight.waitFor('signup', { plan: 'pro' }, { timeoutMs: 1 })).rejects.toThrow(
      "'signup' { plan: 'pro' } was not tracked within 1 ms",
    );
  });

  it('answers questions, and serves the tracker and pages of the test', async () => {
    const own = await startInsight({ pages: { '/cart': '<h1>Cart</h1>' } });
    await send(own, { event_type: 'page_view', timestamp: Date.now(), page_url: 'https://shop.example/' });
    const headers = { authorization: `Bearer ${own.readKey}` };
    const stats = await fetch(`${own.url}/api/stats?site=shop`, { headers });
    expect(await stats.json()).toMatchObject({ data: { totals: { page_views: 1 } } });
    expect(await (await fetch(`${own.url}/cart`)).text()).toBe('<h1>Cart</h1>');
    expect((await fetch(own.scriptUrl)).headers.get('content-type')).toContain('javascript');
    const extended = await fetch(`${own.url}/liveinsight.extended.js`);
    expect([extended.status, await extended.text()]).toEqual([200, extendedScript]);
    await own.close();
  });
});
