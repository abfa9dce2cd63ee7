import type { LookupAddress, lookup } from 'node:dns';
import { Webhook } from 'standardwebhooks';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { isPrivateAddress } from '../../src/alerts/ssrf-guard.js';
import { deriveSigningSecret, post, publicLookup } from '../../src/alerts/webhook.js';
import { type Receiver, startReceiver } from './receiver.js';

const NOW = Date.parse('2026-01-31T09:00:00Z');
const signingSecret = deriveSigningSecret(Buffer.from('a key'), 'shop', 'alert-1');
const body = JSON.stringify({ text: 'größer' });
const message = { id: 'msg_1', body, signingSecret };

describe('A webhook', () => {
  let receiver: Receiver;
  beforeEach(async () => {
    receiver = await startReceiver();
  });
  afterEach(() => receiver.close());

  const send = (path = '', timeoutMs = 5_000) =>
    post({ ...message, url: receiver.url + path }, { allowPrivate: true, now: NOW, timeoutMs });

  it('is sent a POST that it can check by its secret, as Standard Webhooks say', async () => {
    expect(await send()).toBeUndefined();
    const [got] = receiver.received;
    expect(got?.text).toBe(body);
    // The receiver's own library: it rejects a signature, or a time that is minutes away from its own.
    vi.useFakeTimers({ toFake: ['Date'], now: NOW });
    const receiving = new Webhook(signingSecret);
    const headers = got?.headers as Record<string, string>;
    expect(receiving.verify(body, headers)).toEqual(JSON.parse(body));
    expect(() => receiving.verify(`${body} `, headers)).toThrow();
    vi.useRealTimers();
    expect(got?.headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'webhook-id': 'msg_1',
      'webhook-timestamp': String(NOW / 1_000),
    });
  });

  it('has a secret of its own', () => {
    const key = Buffer.from('a key');
    const secrets = [
      deriveSigningSecret(key, 'shop', 'alert-1'),
      deriveSigningSecret(key, 'shop', 'alert-2'),
      deriveSigningSecret(key, 'blog', 'alert-1'),
      deriveSigningSecret(Buffer.from('other'), 'shop', 'alert-1'),
    ];
    expect(new Set(secrets).size).toBe(secrets.length);
  });

  it.each([500, 404, 410])('that answers %i has not taken it', async (status) => {
    receiver.answer = (reply) => reply.writeHead(status).end('no');
    expect(await send()).toEqual({ httpStatus: status, error: `answered ${status}` });
  });

  it('is not followed elsewhere', async () => {
    receiver.answer = (reply) => reply.writeHead(307, { location: receiver.url }).end();
    expect(await send()).toEqual({ httpStatus: 307, error: 'redirects are not followed' });
    expect(receiver.received).toHaveLength(1);
  });

  it('that does not answer in time has not taken it', async () => {
    receiver.answer = () => {};
    expect(await send('', 50)).toEqual({ error: 'no answer within 50 ms' });
  });

  it('that goes on talking is not listened to', async () => {
    receiver.answer = (reply) => {
      reply.writeHead(200);
      reply.write('x'.repeat(100_000));
    };
    expect(await send()).toBeUndefined();
  });

  it('that is not there says so', async () => {
    await receiver.close();
    expect(await send()).toEqual({ error: expect.stringContaining('ECONNREFUSED') });
    receiver = await startReceiver();
  });

  describe('outside a private network', () => {
    /** A name that resolves to these, one list at a time. */
    function resolving(...answers: string[][]) {
      const asked: string[] = [];
      const resolveName = ((
        host: string,
        _options: object,
        found: (error: null, all: LookupAddress[]) => void,
      ) => {
        const addresses = answers[asked.length] ?? answers.at(-1) ?? [];
        asked.push(host);
        found(
          null,
          addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
        );
      }) as unknown as typeof lookup;
      return { asked, resolveName };
    }
    const outside = (url: string, resolveName: typeof lookup) =>
      post({ ...message, url }, { allowPrivate: false, now: NOW, timeoutMs: 300, resolveName });

    it.each([
      ['the one address', ['127.0.0.1']],
      ['one of several', ['203.0.113.7', '10.0.0.8']],
      ['a mapped one', ['::ffff:169.254.169.254']],
      ['one of a link', ['fe80::1%eth0']],
    ])('is refused where its name resolves to a private address: %s', async (_what, addresses) => {
      const { resolveName, asked } = resolving(addresses);
      const { port } = new URL(receiver.url);
      expect(await outside(`https://hooks.example:${port}/`, resolveName)).toEqual({
        error: 'it leads into a private network',
      });
      expect(asked).toEqual(['hooks.example']);
      expect(receiver.received).toEqual([]);
    });

    it.each([
      [{ all: true }, [{ address: '203.0.113.7', family: 4 }], undefined],
      [{}, '203.0.113.7', 4],
    ])(
      'is connected to where it was looked at, though its name resolves to a private address the next moment (%j)',
      async (options, address, family) => {
        const { resolveName, asked } = resolving(['203.0.113.7'], ['127.0.0.1']);
        const found = await new Promise((resolve) => {
          publicLookup(resolveName)('hooks.example', options, (...answer) => resolve(answer));
        });
        expect(found).toEqual([null, address, ...(family === undefined ? [] : [family])]);
        expect(asked).toHaveLength(1);
      },
    );

    it.each(['http://hooks.example/', 'https://127.0.0.1/', 'https://[::1]/', 'https://printer/'])(
      'is not even looked up as %s',
      async (url) => {
        const { resolveName, asked } = resolving(['203.0.113.7']);
        expect(await outside(url, resolveName)).toEqual({ error: 'it leads into a private network' });
        expect(asked).toEqual([]);
      },
    );
  });
});

it.each([
  ['8.8.8.8', false],
  ['2606:4700::1111', false],
  ['172.31.255.255', true],
  ['172.32.0.1', false],
  ['100.64.0.1', true],
  ['2002:7f00:1::', true],
  ['64:ff9b::a00:1', true],
  ['not an address', true],
])('whether %s is private: %s', (address, isPrivate) => {
  expect(isPrivateAddress(address)).toBe(isPrivate);
});
