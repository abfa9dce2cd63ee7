/** One request to a service and its reply, over connections that are kept: nothing is tried twice here. */
import {
  type ClientRequest,
  Agent as HttpAgent,
  request as httpRequest,
  type IncomingMessage,
} from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import type { Place } from './resolve-endpoint.js';
import type { AwsService } from './service.js';
import { signer } from './sign.js';

/** Connections at once; further requests wait for one. */
const MAX_SOCKETS = 50;

export interface WireRequest {
  /** As `PutItem`. */
  operation: string;
  /** JSON. */
  body: string;
}

export interface WireReply {
  /** HTTP's. */
  status: number;
  /** The header: the time by the service's clock, to the second. */
  date: string | undefined;
  /** JSON, if the service itself answers. */
  body: string;
  /** Whether the driver sent the request before, without a response, so that it may have been executed already. */
  mayBeRepeated?: boolean;
}

/** Rejects where there is no reply. */
export type Transport = (request: WireRequest, nowMs: number) => Promise<WireReply>;

/** What carries requests to a service: the AWS SDK's client, or our own signed connection. */
export interface Driver {
  /** Sends one request as JSON. Resolves to the response, an error of the service included. */
  send: Transport;
  /** Closes its connections. A request after that opens new ones. */
  close(): void;
}

/** A request is destroyed after this long; what it wrote may still be stored later. */
export const REQUEST_TIMEOUT_MS = 10_000;

export function httpTransport(
  { name: service, target, contentType }: AwsService,
  { endpoint, region, credentials }: Place,
): Driver {
  const secure = endpoint.protocol === 'https:';
  const agentOptions = { keepAlive: true, maxSockets: MAX_SOCKETS, scheduling: 'lifo' } as const;
  const agent = secure ? new HttpsAgent(agentOptions) : new HttpAgent(agentOptions);
  const request = secure ? httpsRequest : httpRequest;
  const sign = signer({ region, service });
  const { host, pathname: path } = endpoint;
  const to = {
    agent,
    method: 'POST',
    path,
    host: endpoint.hostname.replace(/^\[|\]$/g, ''),
    port: endpoint.port || (secure ? 443 : 80),
  };

  async function send({ operation, body }: WireRequest, nowMs: number): Promise<WireReply> {
    const known = credentials(nowMs);
    const who = known instanceof Promise ? await known : known;
    // As bytes once: to be hashed, counted and sent.
    const bytes = Buffer.from(body);
    const headers = sign({ host, path, target: `${target}.${operation}`, body: bytes }, who, nowMs);
    headers.push('content-type', contentType, 'content-length', String(bytes.length));
    return new Promise((resolve, reject) => {
      const sent = request({ ...to, headers }, (reply) => read(reply, resolve));
      const timer = setTimeout(() => {
        reject(timedOut());
        sent.destroy();
      }, REQUEST_TIMEOUT_MS);
      sent.once('error', (error) => reject(closedWhileIdle(sent, error) ?? error));
      // Once its reply has begun, a request that is cut off closes without an error of its own.
      sent.once('close', () => {
        clearTimeout(timer);
        reject(cutOff());
      });
      sent.end(bytes);
    });
  }
  return { send, close: () => agent.destroy() };
}

function read(reply: IncomingMessage, done: (reply: WireReply) => void): void {
  const chunks: Buffer[] = [];
  reply.on('data', (chunk: Buffer) => chunks.push(chunk));
  reply.once('end', () => {
    const body = (chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)).toString();
    done({ status: reply.statusCode ?? 0, date: reply.headers.date, body });
  });
}

export const timedOut = () => Object.assign(new Error('no answer within 10 s'), { name: 'TimeoutError' });

export const cutOff = () =>
  Object.assign(new Error('the reply ended before it was whole'), { code: 'ECONNRESET' });

/** Servers close a connection that was idle; what is sent in that moment is lost without being looked at, mostly. */
function closedWhileIdle(sent: ClientRequest, error: NodeJS.ErrnoException): Error | undefined {
  if (!sent.reusedSocket || (error.code !== 'ECONNRESET' && error.code !== 'EPIPE')) return undefined;
  return Object.assign(new Error('the connection was closed meanwhile', { cause: error }), {
    code: 'ConnectionClosed',
  });
}
