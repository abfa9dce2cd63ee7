/** A collector as a Lambda function, behind API Gateway (REST or HTTP API), a function URL or a load balancer. */
import type { Collector } from '../../collector.js';
import { type AlbEvent, type AlbResult, fromAlb, toAlb } from './event-alb.js';
import { fromV1, toV1, type V1Event, type V1Result } from './event-v1.js';
import { fromV2, toV2, type V2Event, type V2Result } from './event-v2.js';

export type LambdaEvent = V1Event | V2Event | AlbEvent;
export type LambdaResult = V1Result | V2Result | AlbResult;
export type LambdaHandler = (event: LambdaEvent) => Promise<LambdaResult>;

/** `export const handler = toLambda(collector)`. Which of the event's shapes it is shows by itself. */
export function toLambda(collector: Pick<Collector, 'handle'>): LambdaHandler {
  return async (event) => {
    if (!isRequest(event)) throw new TypeError(noRequest(event));
    if (isAlb(event)) {
      const { request, connection } = fromAlb(event);
      return toAlb(await collector.handle(request, connection), event);
    }
    if (isV2(event)) {
      const { request, connection } = fromV2(event);
      return toV2(await collector.handle(request, connection));
    }
    const { request, connection } = fromV1(event);
    return toV1(await collector.handle(request, connection));
  };
}

/** Whatever may invoke a function: its trigger decides what it is given, whatever the types say. */
function isRequest(event: unknown): event is LambdaEvent {
  const { requestContext, httpMethod, rawPath } = (event ?? {}) as Record<string, unknown>;
  return typeof requestContext === 'object' && requestContext !== null && Boolean(httpMethod ?? rawPath);
}

function noRequest(event: unknown): string {
  const { source, requestContext, Records } = (event ?? {}) as Record<string, unknown>;
  const takes = 'toLambda() takes events of API Gateway, function URLs and load balancers';
  if (typeof source === 'string')
    return `${takes}, got an event of EventBridge (${source}): for a schedule, export a handler that calls collector.rollUp()`;
  if (Array.isArray(Records)) return `${takes}, got a list of records, as queues and streams send them`;
  if (typeof requestContext === 'object' && requestContext !== null && 'serviceArn' in requestContext)
    return `${takes}, got an event of VPC Lattice: put a load balancer in front`;
  return `${takes}, got an event with ${
    Object.keys(event ?? {})
      .slice(0, 10)
      .join(', ') || 'no fields'
  }`;
}

const isAlb = (event: LambdaEvent): event is AlbEvent => 'elb' in event.requestContext;

const isV2 = (event: LambdaEvent): event is V2Event => 'version' in event && event.version === '2.0';
