/** Faults of the kinds that DynamoDB has and its emulators lack, put between the store and an emulator. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Transport, WireReply } from '@liveinsight/collector/aws';

/** A request that could go wrong. */
export interface FaultyRequest {
  /** As `PutItem`. */
  operation: string;
  body: FaultyBody;
}

/** What a request's JSON can have, by its operation: as far as plans and faults look at it. */
export interface FaultyBody {
  IndexName?: string;
  ExpressionAttributeValues?: Record<string, AttributeValue>;
  Item?: Record<string, AttributeValue>;
  Statements?: { Statement: string; Parameters?: AttributeValue[] }[];
}

interface AttributeValue {
  S?: string;
  N?: string;
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
  /** Of the stores that it shall happen to. */
  middleware(next: Transport): Transport;
  /** Faults that happened, by kind. */
  counts: Record<Fault['kind'], number>;
  /** Resolves when the writes that were to land later have. */
  landed(): Promise<void>;
}

/** Executes a request's JSON, changed or not. */
type Execute = (body?: unknown) => Promise<WireReply>;

/** Has the plan's faults happen to every request of the stores that are given its middleware. */
export function injectFaults(plan: FaultPlan): Faults {
  const counts = { throttled: 0, failed: 0, timed_out: 0, slow: 0, lagging: 0 };
  const landing = new Set<Promise<unknown>>();

  const middleware =
    (next: Transport): Transport =>
    (request, nowMs) => {
      const body: FaultyBody = JSON.parse(request.body);
      const fault = plan({ operation: request.operation, body });
      if (fault) counts[fault.kind] += 1;
      return happen(fault, body, (changed = body) =>
        next({ ...request, body: JSON.stringify(changed) }, nowMs),
      );
    };

  async function happen(fault: Fault | undefined, body: FaultyBody, execute: Execute): Promise<WireReply> {
    switch (fault?.kind) {
      case undefined:
        return execute();
      case 'throttled':
        return fault.statements && body.Statements
          ? throttleSome(body.Statements, fault.statements, execute)
          : reply(400, { __type: 'x#ProvisionedThroughputExceededException', message: 'too much' });
      case 'failed':
        if (fault.executed) await execute();
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

  function land(afterMs: number, execute: Execute): void {
    const write = wait(afterMs)
      .then(() => execute())
      // Nobody hears of it, done or not.
      .catch(() => {})
      .finally(() => landing.delete(write));
    landing.add(write);
  }

  return {
    middleware,
    counts,
    async landed() {
      await Promise.all(landing);
    },
  };
}

/** Executes the statements that are not picked, and answers for all. */
async function throttleSome(
  statements: unknown[],
  picked: (index: number) => boolean,
  execute: Execute,
): Promise<WireReply> {
  const throttled = statements.map((_, index) => picked(index));
  const rest = statements.filter((_, index) => !throttled[index]);
  const done = rest.length > 0 ? await execute({ Statements: rest }) : reply(200, { Responses: [] });
  if (done.status !== 200) return done;
  const { Responses } = JSON.parse(done.body);
  const refused = { Error: { Code: 'ThrottlingError', Message: 'too much' } };
  return reply(200, { Responses: throttled.map((is) => (is ? refused : Responses.shift())) });
}

/** The query, of arrivals before that time alone: the bounds are those of the index's sort key. */
function upTo(body: FaultyBody, most: number): FaultyBody {
  const bounds = { ...body.ExpressionAttributeValues };
  for (const name of Object.keys(bounds)) {
    const bound = bounds[name];
    if (bound?.N !== undefined && Number(bound.N) > most) bounds[name] = { N: String(most) };
  }
  return { ...body, ExpressionAttributeValues: bounds };
}

function reply(status: number, body: object): WireReply {
  return { status, date: new Date().toUTCString(), body: JSON.stringify(body) };
}
