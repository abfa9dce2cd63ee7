/** Requests as each of AWS's entry points hands them to a function. */

export interface Asked {
  method: string;
  path: string;
  query?: string;
  headers?: Record<string, string>;
  /** Bytes travel as base64. */
  body?: string | Uint8Array;
}

export interface Answer {
  statusCode: number;
  headers: Record<string, string>;
  body: string;
  isBase64Encoded: boolean;
}

const IP = '198.51.100.7';

const encoded = (body: Asked['body']) =>
  body instanceof Uint8Array
    ? { body: Buffer.from(body).toString('base64'), isBase64Encoded: true }
    : { body: body ?? null, isBase64Encoded: false };

function v2({ method, path, query = '', headers = {}, body }: Asked, stage: string) {
  const { body: text, isBase64Encoded } = encoded(body);
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: path,
    rawQueryString: query,
    headers,
    requestContext: { stage, http: { method, path, protocol: 'HTTP/1.1', sourceIp: IP, userAgent: '' } },
    ...(text === null ? {} : { body: text }),
    isBase64Encoded,
  };
}

const queryMap = (query = '') => Object.fromEntries(new URLSearchParams(query));

export const specs = {
  'a function URL': (asked: Asked): object => v2(asked, '$default'),
  'an HTTP API': (asked: Asked): object => v2({ ...asked, path: `/prod${asked.path}` }, 'prod'),
  'a REST API': ({ method, path, query, headers = {}, body }: Asked): object => ({
    httpMethod: method,
    path,
    resource: '/{proxy+}',
    headers,
    multiValueHeaders: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])),
    queryStringParameters: queryMap(query),
    requestContext: { stage: 'prod', identity: { sourceIp: IP } },
    ...encoded(body),
  }),
  'a load balancer': ({ method, path, query, headers = {}, body }: Asked): object => ({
    httpMethod: method,
    path,
    queryStringParameters: queryMap(query),
    headers: { ...headers, 'x-forwarded-for': IP },
    requestContext: { elb: { targetGroupArn: 'arn:aws:elasticloadbalancing:us-east-1:1:targetgroup/x/y' } },
    ...encoded(body),
  }),
};
