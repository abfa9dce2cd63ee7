/** Events as AWS makes them of a request, and responses as it makes them of what a function returns. */
import type { LambdaEvent, LambdaHandler, LambdaResult } from '@liveinsight/collector/lambda';
import type { MountedCollector } from '@liveinsight/testing/contracts';

const CLIENT_IP = '198.51.100.7';

interface Parts {
  method: string;
  url: URL;
  headers: Record<string, string>;
  body: string | null;
  isBase64Encoded: boolean;
}
export type MakeEvent = (parts: Parts) => LambdaEvent;
export type V2 = Extract<LambdaEvent, { rawPath: string }>;

const multiple = (single: Record<string, string>) =>
  Object.fromEntries(Object.entries(single).map(([name, value]) => [name, [value]]));

/** Names of headers come as the client wrote them. */
const capitalised = (headers: Record<string, string>) =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name.replace(/\b[a-z]/g, (at) => at.toUpperCase()),
      value,
    ]),
  );

export const v1: MakeEvent = ({ method, url, headers, ...body }) => ({
  httpMethod: method,
  path: url.pathname,
  headers: capitalised(headers),
  multiValueHeaders: multiple(capitalised(headers)),
  queryStringParameters: Object.fromEntries(url.searchParams),
  multiValueQueryStringParameters: multiple(Object.fromEntries(url.searchParams)),
  requestContext: { stage: 'prod', identity: { sourceIp: CLIENT_IP } },
  ...body,
});

/** As by an HTTP API's own address, and some custom domains. */
export const v1WithStage: MakeEvent = (parts) => {
  const event = v1(parts);
  return 'path' in event ? { ...event, path: `/prod${event.path}` } : event;
};

/** An HTTP API hands the path over decoded. */
export const v2: MakeEvent = ({ method, url, headers, body, isBase64Encoded }) => ({
  version: '2.0',
  rawPath: decodeURIComponent(`/prod${url.pathname}`),
  rawQueryString: url.search.slice(1),
  headers,
  ...(body === null ? {} : { body }),
  isBase64Encoded,
  requestContext: {
    stage: 'prod',
    domainName: 'id.execute-api.eu-central-1.amazonaws.com',
    http: { method, sourceIp: CLIENT_IP },
  },
});

export const functionUrl: MakeEvent = (parts) => {
  const event = v2(parts);
  if (!('rawPath' in event)) return event;
  const { http } = event.requestContext;
  return {
    ...event,
    rawPath: parts.url.pathname,
    requestContext: { stage: '$default', domainName: 'id.lambda-url.eu-central-1.on.aws', http },
  };
};

const behindBalancer = (headers: Record<string, string>) => ({
  ...headers,
  'x-forwarded-for': [headers['x-forwarded-for'], CLIENT_IP].filter(Boolean).join(', '),
});

const rawQuery = (url: URL) =>
  Object.fromEntries(
    url.search
      .slice(1)
      .split('&')
      .filter(Boolean)
      .map((pair) => pair.split('=') as [string, string]),
  );

export const alb: MakeEvent = ({ method, url, headers, ...body }) => ({
  httpMethod: method,
  path: url.pathname,
  headers: behindBalancer(headers),
  queryStringParameters: rawQuery(url),
  requestContext: { elb: { targetGroupArn: 'arn' } },
  ...body,
});

export const albMultiValue: MakeEvent = ({ method, url, headers, ...body }) => ({
  httpMethod: method,
  path: url.pathname,
  multiValueHeaders: multiple(behindBalancer(headers)),
  multiValueQueryStringParameters: multiple(rawQuery(url)),
  requestContext: { elb: { targetGroupArn: 'arn' } },
  ...body,
});

/** Gateways hand over text as text and all else as base64. */
export function invoke(handler: LambdaHandler, makeEvent: MakeEvent): MountedCollector {
  return {
    async fetch(path, init) {
      const request = new Request(`https://collector.example${path}`, init);
      const bytes = Buffer.from(await request.arrayBuffer());
      const text = bytes.toString('utf8');
      const isText = Buffer.from(text).equals(bytes);
      const event = makeEvent({
        method: request.method,
        url: new URL(request.url),
        headers: Object.fromEntries(request.headers),
        body: bytes.length === 0 ? null : isText ? text : bytes.toString('base64'),
        isBase64Encoded: !isText,
      });
      return toResponse(await handler(JSON.parse(JSON.stringify(event))));
    },
    close: async () => {},
  };
}

function toResponse(result: LambdaResult): Response {
  const { statusCode, body, isBase64Encoded } = JSON.parse(JSON.stringify(result)) as LambdaResult;
  const headers = new Headers();
  for (const [name, values] of Object.entries({
    ...('headers' in result ? result.headers : {}),
    ...('multiValueHeaders' in result ? result.multiValueHeaders : {}),
  })) {
    for (const value of [values].flat()) headers.append(name, value);
  }
  const bytes = isBase64Encoded ? Buffer.from(body, 'base64') : body;
  return new Response(body === '' ? null : bytes, { status: statusCode, headers });
}
