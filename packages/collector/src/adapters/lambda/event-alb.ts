/** Application Load Balancers, with multi-value headers or without. */
import type { CollectorReply } from '../../http/request.js';
import {
  type AdaptedRequest,
  type LambdaBody,
  type MultiMap,
  type SingleMap,
  toBody,
  toHeaders,
  toRequest,
} from './to-request.js';

export interface AlbEvent {
  httpMethod: string;
  path: string;
  headers?: SingleMap | undefined;
  multiValueHeaders?: MultiMap | undefined;
  queryStringParameters?: SingleMap | undefined;
  multiValueQueryStringParameters?: MultiMap | undefined;
  body: string | null;
  isBase64Encoded: boolean;
  requestContext: { elb: { targetGroupArn: string } };
}

export interface AlbResult extends LambdaBody {
  statusCode: number;
  statusDescription: string;
  headers?: Record<string, string>;
  multiValueHeaders?: Record<string, string[]>;
}

export function fromAlb(event: AlbEvent): AdaptedRequest {
  const header = toHeaders(event.headers, event.multiValueHeaders);
  const query = toQuery(event);
  const { ip, before } = getPeer(header('x-forwarded-for'));
  return {
    request: toRequest({
      method: event.httpMethod,
      url: event.path + (query ? `?${query}` : ''),
      header: (name) => (name === 'x-forwarded-for' ? before : header(name)),
      body: event.body,
      isBase64Encoded: event.isBase64Encoded,
    }),
    connection: { ip },
  };
}

/** The balancer names its peer nowhere but at the end of this header, behind what the client wrote there. */
function getPeer(forwardedFor = ''): { ip: string; before: string | undefined } {
  const entries = forwardedFor.split(',').map((entry) => entry.trim());
  const ip = entries.pop() ?? '';
  return { ip, before: entries.length > 0 ? entries.join(', ') : undefined };
}

/** The balancer has not decoded it. */
function toQuery({ multiValueQueryStringParameters, queryStringParameters }: AlbEvent): string {
  const values = multiValueQueryStringParameters ?? queryStringParameters ?? {};
  return Object.entries(values)
    .flatMap(([name, value = []]) => [value].flat().map((item) => `${name}=${item}`))
    .join('&');
}

/** A balancer set to multi-value headers reads no others. */
export function toAlb(reply: CollectorReply, { multiValueHeaders }: AlbEvent): AlbResult {
  const headers = multiValueHeaders
    ? {
        multiValueHeaders: Object.fromEntries(
          Object.entries(reply.headers).map(([name, value]) => [name, [value]]),
        ),
      }
    : { headers: reply.headers };
  return { statusCode: reply.status, statusDescription: String(reply.status), ...headers, ...toBody(reply) };
}
