/** API Gateway HTTP APIs of payload format 2.0, and function URLs. */
import type { CollectorReply } from '../../http/request.js';
import {
  type Asked,
  bodyOf,
  headersOf,
  type LambdaBody,
  type SingleMap,
  toRequest,
  withoutStage,
} from './to-request.js';

export interface V2Event {
  version: string;
  rawPath: string;
  rawQueryString: string;
  headers: SingleMap;
  body?: string;
  isBase64Encoded: boolean;
  requestContext: { stage: string; http: { method: string; sourceIp: string } };
}

export interface V2Result extends LambdaBody {
  statusCode: number;
  headers: Record<string, string>;
}

export function fromV2(event: V2Event): Asked {
  const { http, stage } = event.requestContext;
  const query = event.rawQueryString;
  return {
    request: toRequest({
      method: http.method,
      url: withoutStage(event.rawPath, stage) + (query ? `?${query}` : ''),
      header: headersOf(event.headers, undefined),
      body: event.body,
      isBase64Encoded: event.isBase64Encoded,
    }),
    connection: { ip: http.sourceIp },
  };
}

export const toV2 = (reply: CollectorReply): V2Result => ({
  statusCode: reply.status,
  headers: reply.headers,
  ...bodyOf(reply),
});
