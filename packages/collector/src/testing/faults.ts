/** Faults of the kinds that DynamoDB has and its emulators lack, put between the SDK and an emulator. */

import { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';

/** A request that could go wrong. */
export interface FaultyRequest {
  /** As `PutItem`. */
  operation: string;
  // biome-ignore lint/suspicious/noExplicitAny: a request's JSON has as many shapes as there are operations
  body: any;
}

export type Fault =
  /** Refused as too much. `statements` picks those of a PartiQL batch that are; the others are executed. */
  | { kind: 'throttled'; statements?: (index: number) => boolean }
  /** Answered with a 500. `executed`: though it was done. */
  | { kind: 'failed'; executed?: boolean }
  /** The connection is cut before an answer. `landsAfterMs`: it is done nevertheless, that much later. */
  | { kind: 'timed_out'; landsAfterMs?: number }
  | { kind: 'slow'; delayMs: number }
  /** Reads of an index do not see what arrived within that time. */
  | { kind: 'lagging'; lagMs: number };

/** Decides for each request what goes wrong with it, if anything. */
export type FaultPlan = (request: FaultyRequest) => Fault | undefined;

export interface Faults {
  /** Faults that happened, by kind. */
  counts: Record<Fault['kind'], number>;
  /** Resolves when the writes that were to land later have. */
  landed(): Promise<void>;
}

interface HttpRequest {
  headers: Record<string, string>;
  body: string | Uint8Array;
}
interface HttpReply {
  statusCode: number;
  headers: Record<string, string>;
  body: Readable;
}

/**
 * Has the plan's faults happen to every request of the client from now on. Requests are changed after
 * they were signed, so the endpoint must be an emulator, which does not look.
 */
export function injectFaults(client: DynamoDBClient, plan: FaultPlan): Faults {
  const counts = { throttled: 0, failed: 0, timed_out: 0, slow: 0, lagging: 0 };
  const landing = new Set<Promise<unknown>>();
  client.middlewareStack.add(
    (next) => async (args) => {
      const request = args.request as HttpRequest;
      const operation = request.headers['x-amz-target']?.split('.').at(-1) ?? '';
      const execute = async (body?: unknown) => {
        if (body !== undefined) setBody(request, JSON.stringify(body));
        return (await next(args)).response as HttpReply;
      };
      const body = JSON.parse(Buffer.from(request.body).toString());
      const fault = plan({ operation, body });
      if (fault) counts[fault.kind] += 1;
      return { response: await happen(fault, body, execute) } as never;
    },
    { step: 'deserialize', priority: 'low', name: 'faults' },
  );

  async function happen(
    fault: Fault | undefined,
    // biome-ignore lint/suspicious/noExplicitAny: see FaultyRequest
    body: any,
    execute: (body?: unknown) => Promise<HttpReply>,
  ): Promise<HttpReply> {
    switch (fault?.kind) {
      case undefined:
        return execute();
      case 'throttled':
        return fault.statements && body.Statements
          ? throttleSome(body, fault.statements, execute)
          : reply(400, { __type: 'x#ProvisionedThroughputExceededException', message: 'too much' });
      case 'failed':
        if (fault.executed) (await execute()).body.resume();
        return reply(500, { __type: 'x#InternalServerError', message: 'out of order' });
      case 'timed_out':
        if (fault.landsAfterMs !== undefined) land(fault.landsAfterMs, execute);
        throw Object.assign(new Error('no answer'), { name: 'TimeoutError' });
      case 'slow':
        await wait(fault.delayMs);
        return execute();
      case 'lagging':
        return execute(body.IndexName ? upTo(body, Date.now() - fault.lagMs) : undefined);
    }
  }

  function land(afterMs: number, execute: () => Promise<HttpReply>): void {
    const write = wait(afterMs)
      .then(execute)
      // Nobody hears of it, done or not.
      .then(
        ({ body }) => body.resume(),
        () => {},
      )
      .finally(() => landing.delete(write));
    landing.add(write);
  }

  return {
    counts,
    async landed() {
      await Promise.all(landing);
    },
  };
}

interface PartiqlBatch {
  Statements: unknown[];
}

/** Executes the statements that are not picked, and answers for all. */
async function throttleSome(
  { Statements }: PartiqlBatch,
  picked: (index: number) => boolean,
  execute: (body: PartiqlBatch) => Promise<HttpReply>,
): Promise<HttpReply> {
  const throttled = Statements.map((_, index) => picked(index));
  const rest = Statements.filter((_, index) => !throttled[index]);
  const done = rest.length > 0 ? await execute({ Statements: rest }) : reply(200, { Responses: [] });
  if (done.statusCode !== 200) return done;
  const { Responses } = JSON.parse(Buffer.concat(await done.body.toArray()).toString());
  const refused = { Error: { Code: 'ThrottlingError', Message: 'too much' } };
  return reply(200, { Responses: throttled.map((is) => (is ? refused : Responses.shift())) });
}

/** The query, of arrivals before that time alone: the bounds are those of the index's sort key. */
function upTo<Body extends { ExpressionAttributeValues: Record<string, { N?: string }> }>(
  body: Body,
  most: number,
) {
  const bounds = { ...body.ExpressionAttributeValues };
  for (const name of Object.keys(bounds)) {
    const bound = bounds[name];
    if (bound?.N !== undefined && Number(bound.N) > most) bounds[name] = { N: String(most) };
  }
  return { ...body, ExpressionAttributeValues: bounds };
}

function setBody(request: HttpRequest, body: string): void {
  request.body = body;
  request.headers['content-length'] = String(Buffer.byteLength(body));
}

function reply(statusCode: number, body: object): HttpReply {
  const headers = { 'content-type': 'application/x-amz-json-1.0', date: new Date().toUTCString() };
  return { statusCode, headers, body: Readable.from([Buffer.from(JSON.stringify(body))]) };
}
