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

const isAlb = (event: LambdaEvent): event is AlbEvent => 'elb' in event.requestContext;

const isV2 = (event: LambdaEvent): event is V2Event => 'version' in event && event.version === '2.0';
