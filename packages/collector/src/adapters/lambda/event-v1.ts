/** API Gateway REST APIs, and HTTP APIs of payload format 1.0. */
import type { CollectorReply } from '../../http/request.js';
import { fromDecoded, fromEncoded } from './path.js';
import {
  type AdaptedRequest,
  type LambdaBody,
  type MultiMap,
  type SingleMap,
  toBody,
  toHeaders,
  toRequest,
  withoutStage,
} from './to-request.js';

export interface V1Event {
  /** Of an HTTP API: `1.0`. */
  version?: string;
  httpMethod: string;
  path: string;
  headers: SingleMap | null;
  multiValueHeaders?: MultiMap | null;
  queryStringParameters?: SingleMap | null;
  multiValueQueryStringParameters?: MultiMap | null;
  body: string | null;
  isBase64Encoded: boolean;
  requestContext: { stage?: string; identity?: { sourceIp?: string } };
}

export interface V1Result extends LambdaBody {
  statusCode: number;
  headers: Record<string, string>;
}

export function fromV1(event: V1Event): AdaptedRequest {
  const { requestContext } = event;
  const isHttpApi = event.version === '1.0';
  const path = withoutStage(event.path, requestContext.stage);
  const header = toHeaders(event.headers, event.multiValueHeaders);
  return {
    request: toRequest({
      method: event.httpMethod,
      // HTTP APIs decode the path, REST APIs hand it over as it was sent.
      ...(isHttpApi ? fromDecoded : fromEncoded)(path, toQuery(event)),
      // A REST API that is not set to binary media types would hand compressed bytes over as base64.
      header: (name) => (name === 'accept-encoding' && !isHttpApi ? undefined : header(name)),
      body: event.body,
      isBase64Encoded: event.isBase64Encoded,
    }),
    connection: { ip: requestContext.identity?.sourceIp ?? '' },
  };
}

/** The gateway has decoded it. */
function toQuery({ multiValueQueryStringParameters, queryStringParameters }: V1Event): string {
  const query = new URLSearchParams();
  const values = multiValueQueryStringParameters ?? queryStringParameters ?? {};
  for (const [name, value = []] of Object.entries(values)) {
    for (const item of [value].flat()) query.append(name, item);
  }
  return query.toString();
}

export const toV1 = (reply: CollectorReply): V1Result => ({
  statusCode: reply.status,
  headers: reply.headers,
  ...toBody(reply),
});
