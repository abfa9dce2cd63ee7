/** API Gateway HTTP APIs of payload format 2.0, and function URLs. */
import type { CollectorReply } from '../../http/request.js';
import { fromDecoded, fromEncoded, fromUnknown, type PathParts } from './path.js';
import {
  type AdaptedRequest,
  type LambdaBody,
  type SingleMap,
  toBody,
  toHeaders,
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
  requestContext: { stage: string; domainName?: string; http: { method: string; sourceIp: string } };
}

export interface V2Result extends LambdaBody {
  statusCode: number;
  headers: Record<string, string>;
}

export function fromV2(event: V2Event): AdaptedRequest {
  const { http } = event.requestContext;
  return {
    request: toRequest({
      method: http.method,
      ...toPath(event),
      header: toHeaders(event.headers, undefined),
      body: event.body,
      isBase64Encoded: event.isBase64Encoded,
    }),
    connection: { ip: http.sourceIp },
  };
}

/** Function URLs hand over the path as it was sent; HTTP APIs decode it. The domain tells which of both it is. */
function toPath({ rawPath, rawQueryString: query, requestContext }: V2Event): PathParts {
  const { stage, domainName, http } = requestContext;
  const path = withoutStage(rawPath, stage);
  if (domainName === undefined) return fromUnknown(http.method, path, query);
  return domainName.includes('.lambda-url.') ? fromEncoded(path, query) : fromDecoded(path, query);
}

export const toV2 = (reply: CollectorReply): V2Result => ({
  statusCode: reply.status,
  headers: reply.headers,
  ...toBody(reply),
});
