/** A way to AWS's services on which a share of the calls fails, in each way that calls of AWS fail. */
import { request as forward, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { reply, type Service, serve } from '../test/lambda/loopback-services.js';
import type { Random } from './random.js';

export const FAULTS = [
  'throttled',
  'internal error',
  'unavailable',
  'silent',
  'credentials expired',
  'signed too early',
  'reply lost',
  'partly failed',
] as const;
export type Fault = (typeof FAULTS)[number];

export type ServiceName = 'dynamodb' | 'secretsmanager' | 'sqs';

export interface FaultyServices extends Service {
  /** Of calls, from 0 to 1. */
  share: number;
  /** How far the services' clock is ahead of this machine's, in ms. */
  aheadMs: number;
  calls: number;
  /** How often each happened. */
  happened: Map<Fault, number>;
  /** Calls signed by a clock that is more than five minutes off, which AWS denies. */
  deniedByClock: number;
}

/** After this, something on the way gives up: before the client would, whose patience would be most of the test's time. */
const SILENCE_MS = 700;

/** AWS takes no signature that is older or newer. */
const SIGNATURE_MS = 300_000;

interface Call {
  operation: string;
  body: Buffer;
  request: IncomingMessage;
  response: ServerResponse;
}

interface Statements {
  Statements: object[];
}

interface Responses {
  Responses: object[];
}

export async function startFaultyServices(
  endpoints: Record<ServiceName, string>,
  random: Random,
): Promise<FaultyServices> {
  const service = await serve((operation, body, request, response) => {
    faulty.calls += 1;
    const call = { operation, body, request, response };
    response.setHeader('date', new Date(Date.now() + faulty.aheadMs).toUTCString());
    if (isWronglyTimed(request)) {
      faulty.deniedByClock += 1;
      refuse(call, 400, 'InvalidSignatureException', 'Signature expired');
    } else if (random.next() < faulty.share) {
      fail(call, random.pick(operation === 'BatchExecuteStatement' ? FAULTS : NOT_PARTLY));
    } else {
      void pass(call);
    }
  });
  const faulty: FaultyServices = {
    ...service,
    share: 0,
    aheadMs: 0,
    calls: 0,
    happened: new Map(),
    deniedByClock: 0,
  };

  function isWronglyTimed({ headers }: IncomingMessage): boolean {
    const [, date = '', time = ''] = /^(\d{8})T(\d{6})Z$/.exec(String(headers['x-amz-date'])) ?? [];
    const signedAt = Date.parse(
      `${date.replace(/(....)(..)(..)/, '$1-$2-$3')}T${time.replace(/(..)(..)(..)/, '$1:$2:$3')}Z`,
    );
    return Math.abs(signedAt - Date.now() - faulty.aheadMs) > SIGNATURE_MS;
  }

  function fail(call: Call, fault: Fault): void {
    faulty.happened.set(fault, (faulty.happened.get(fault) ?? 0) + 1);
    failAs[fault](call);
  }

  const failAs: Record<Fault, (call: Call) => unknown> = {
    throttled: (call) =>
      refuse(call, 400, random.pick(['ThrottlingException', 'ProvisionedThroughputExceededException'])),
    'internal error': (call) => refuse(call, 500, 'InternalServerError'),
    unavailable: ({ response }) => response.writeHead(503).end('<html>Service Unavailable</html>'),
    silent: ({ response }) => wait(SILENCE_MS).then(() => response.destroy()),
    'credentials expired': (call) => refuse(call, 400, 'ExpiredTokenException'),
    'signed too early': (call) => refuse(call, 400, 'InvalidSignatureException', 'Signature not yet current'),
    'reply lost': (call) => read(call).then(() => call.response.destroy()),
    'partly failed': (call) => failPartly(call),
  };

  /** Some statements are executed, and the others answered with an error of their own. */
  async function failPartly(call: Call): Promise<void> {
    const { Statements, ...rest }: Statements = JSON.parse(call.body.toString());
    const failing = new Set([random.below(Statements.length)]);
    for (const index of Statements.keys()) if (random.next() < 0.5) failing.add(index);
    const passing = Statements.filter((_, index) => !failing.has(index));
    const passed =
      passing.length === 0
        ? []
        : (
            JSON.parse(
              (await read({ ...call, body: Buffer.from(JSON.stringify({ ...rest, Statements: passing })) }))
                .text,
            ) as Responses
          ).Responses;
    const Code = random.pick(['ThrottlingError', 'ProvisionedThroughputExceeded', 'InternalServerError']);
    const error = { Error: { Code, Message: Code } };
    reply(call.response, 200, {
      Responses: Statements.map((_, index) => (failing.has(index) ? error : passed.shift())),
    });
  }

  async function pass(call: Call): Promise<void> {
    const { status, text } = await read(call);
    call.response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' }).end(text);
  }

  function read({ body, request }: Call): Promise<{ status: number; text: string }> {
    const { headers, url = '/' } = request;
    const name = /\/(\w+)\/aws4_request/.exec(headers.authorization ?? '')?.[1] as ServiceName;
    return new Promise((resolve, reject) => {
      const length = { 'content-length': String(body.length) };
      const onward = forward(endpoints[name] + url, { method: 'POST', headers: { ...headers, ...length } });
      onward.once('response', (answer) => {
        answer
          .toArray()
          .then((chunks) =>
            resolve({ status: answer.statusCode ?? 500, text: Buffer.concat(chunks).toString() }),
          )
          .catch(reject);
      });
      onward.once('error', reject).end(body);
    });
  }

  return faulty;
}

const NOT_PARTLY = FAULTS.filter((fault) => fault !== 'partly failed') as [Fault, ...Fault[]];

function refuse({ response }: Call, status: number, name: string, message = name): void {
  reply(response, status, { __type: `com.amazonaws#${name}`, message });
}
