/** One POST to a webhook: signed, within a time, to no private address unless that is allowed. */
import { createHmac } from 'node:crypto';
import { lookup } from 'node:dns';
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { LookupFunction } from 'node:net';
import type { DeliveryFailure } from './alert-state.js';
import { isPrivateAddress, isPrivateHost } from './ssrf-guard.js';

/** From the look-up of the name to the status of the answer. */
const TIMEOUT_MS = 5_000;

export interface Post {
  url: string;
  /** The same for every attempt at one message. */
  id: string;
  body: string;
  signingSecret: string;
}

export interface PostOptions {
  allowPrivate: boolean;
  /** Of this attempt, in ms. */
  now: number;
  timeoutMs?: number;
  /** Default: the system's. */
  resolveName?: typeof lookup;
}

/** Never rejects. Resolves to why it was not taken; undefined where it was. */
export function post(
  { url, id, body, signingSecret }: Post,
  { allowPrivate, now, timeoutMs = TIMEOUT_MS, resolveName = lookup }: PostOptions,
): Promise<DeliveryFailure | undefined> {
  if (!allowPrivate && (isPrivateHost(url) || !url.startsWith('https:')))
    return Promise.resolve({ error: PRIVATE_ADDRESS });
  const timestamp = String(Math.floor(now / 1_000));
  const headers = {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    'user-agent': 'LiveInsight-Webhook/1',
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': signMessage(signingSecret, id, timestamp, body),
  };
  const send = url.startsWith('https:') ? requestHttps : requestHttp;
  return new Promise((resolve) => {
    const signal = AbortSignal.timeout(timeoutMs);
    const options = { method: 'POST', headers, signal, agent: false };
    try {
      const sending = send(
        url,
        allowPrivate ? options : { ...options, lookup: publicLookup(resolveName) },
        (reply) => {
          const { statusCode = 0 } = reply;
          resolve(toFailure(statusCode));
          // Whatever else it says is of no interest, nor is how long it takes to.
          reply.destroy();
        },
      );
      sending.on('error', (error) =>
        resolve({ error: signal.aborted ? `no answer within ${timeoutMs} ms` : error.message }),
      );
      sending.end(body);
    } catch (error) {
      resolve({ error: error instanceof Error ? error.message : String(error) });
    }
  });
}

const PRIVATE_ADDRESS = 'it leads into a private network';

/**
 * The connection is made to the very addresses that were looked at: a name that resolves to another one the next time
 * gains nothing.
 */
export const publicLookup =
  (resolveName: typeof lookup): LookupFunction =>
  (host, options, found) => {
    resolveName(host, { ...options, all: true }, (error, addresses) => {
      if (error) return found(error, '');
      const [first] = addresses;
      if (!first || addresses.some(({ address }) => isPrivateAddress(address)))
        return found(new Error(PRIVATE_ADDRESS), '');
      return options.all ? found(null, addresses) : found(null, first.address, first.family);
    });
  };

function toFailure(status: number): DeliveryFailure | undefined {
  const [kind] = String(status);
  if (kind === '2') return undefined;
  return { httpStatus: status, error: kind === '3' ? 'redirects are not followed' : `answered ${status}` };
}

const SECRET_PREFIX = 'whsec_';

/** As Standard Webhooks say: their libraries check it. */
function signMessage(secret: string, id: string, timestamp: string, body: string): string {
  const key = Buffer.from(secret.slice(SECRET_PREFIX.length), 'base64');
  return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
}

/** Each alert's own, so that one receiver can't write to another's. */
export function deriveSigningSecret(webhookKey: Buffer, site: string, alertId: string): string {
  const key = createHmac('sha256', webhookKey).update(`${site}#${alertId}`).digest('base64');
  return `${SECRET_PREFIX}${key}`;
}
