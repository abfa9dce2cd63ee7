import { type LambdaEvent, toLambda } from '@liveinsight/collector/lambda';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ADMIN_KEY, post, type Stack, startStack, storedEvents } from '../stack.js';
import * as events from './lambda-events.js';

const SCRIPT = `/* ☕ ${' '.repeat(3_000)} */`;
let stack: Stack;
let handler: ReturnType<typeof toLambda>;
beforeAll(async () => {
  stack = await startStack({ adminKeys: [ADMIN_KEY], assets: { tracker: SCRIPT } });
  handler = toLambda(stack.collector);
});
afterAll(() => stack.close());

describe('a person named in the path', () => {
  const NAMES = [
    'a/b',
    'a',
    'a?b=c',
    'ann?site=shop',
    'ann',
    'a#b',
    '50%',
    '100%25',
    '100%',
    '%41',
    'A',
    'ü@x.y',
    'a b',
    'x/export',
    'x',
    '한',
    '..',
    '+',
  ];
  const session = (name: string) => `of-${Buffer.from(name).toString('hex')}`;
  beforeAll(async () => {
    for (const user_id of NAMES) {
      const event = { event_type: 'page_view', session_id: session(user_id), user_id };
      await stack.collector.fetch(new Request('https://x.example/api/events', post(event)));
    }
  });
  const ask = (make: typeof events.v2, method: string, path: string) => {
    const url = { pathname: path, search: '', searchParams: new URLSearchParams() } as URL;
    const headers = { authorization: `Bearer ${ADMIN_KEY}` };
    return handler(make({ method, url, headers, body: null, isBase64Encoded: false }));
  };
  const left = async () => {
    const found = [];
    for (const name of NAMES)
      if ((await storedEvents(stack.store, session(name))).length > 0) found.push(name);
    return found;
  };

  it.each(
    Object.entries({
      'a function URL': events.functionUrl,
      'a REST API': events.v1,
      'a load balancer': events.alb,
      'an HTTP API': events.v2,
    }),
  )('is the very same one behind %s', async (front, make) => {
    for (const name of NAMES) {
      const { statusCode, body } = await ask(make, 'GET', `/api/users/${encodeURIComponent(name)}/export`);
      const users = body
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line).user_id);
      expect({ front, name, statusCode, users }).toEqual({ front, name, statusCode: 200, users: [name] });
    }
  });

  it.each([
    ['a name that ends as another route does', 'x/export', 405],
    ['a slash at the end', 'ann/', 400],
  ])('is nobody where the path is decoded and it cannot be told who: %s', async (_, name, status) => {
    expect((await ask(events.v2, 'DELETE', `/api/users/${encodeURIComponent(name)}`)).statusCode).toBe(
      status,
    );
    expect(await left()).toEqual(NAMES);
  });

  it('is never deleted where it cannot be told whether the path is decoded', async () => {
    const unknown = (method: string, rawPath: string) => {
      const { requestContext, ...event } = events.v2({
        method,
        url: new URL('https://x.example/'),
        headers: { authorization: `Bearer ${ADMIN_KEY}` },
        body: null,
        isBase64Encoded: false,
      }) as events.V2;
      const { domainName: _, ...context } = requestContext;
      return handler({ ...event, rawPath, requestContext: context });
    };
    for (const path of ['%41', '100%25', 'a%2Fb'])
      expect((await unknown('DELETE', `/api/users/${path}`)).statusCode, path).toBe(400);
    expect(await left()).toEqual(NAMES);
    // As encoders write it, and as none would.
    expect((await unknown('GET', '/api/users/%C3%BC%40x.y/export')).body).toContain('"ü@x.y"');
    expect((await unknown('GET', '/api/users/%41/export')).statusCode).toBe(400);
    expect((await unknown('GET', '/api/users/a/b/export')).body).toContain('"a/b"');
    expect((await unknown('DELETE', '/api/users/50%')).statusCode).toBe(200);
    expect(await left()).toEqual(NAMES.filter((name) => name !== '50%'));
  });

  it('is deleted alone', async () => {
    for (const name of ['a/b', 'ann?site=shop', '100%25', '%41'])
      expect((await ask(events.v2, 'DELETE', `/api/users/${encodeURIComponent(name)}`)).statusCode).toBe(200);
    const gone = ['50%', 'a/b', 'ann?site=shop', '100%25', '%41'];
    expect(await left()).toEqual(NAMES.filter((name) => !gone.includes(name)));
  });
});

it('gives text as text, which a REST API without binary media types hands on as it is', async () => {
  const url = new URL('https://x.example/liveinsight.js');
  const parts = {
    method: 'GET',
    url,
    headers: { 'accept-encoding': 'gzip, br' },
    body: null,
    isBase64Encoded: false,
  };
  expect(await handler(events.v1(parts))).toMatchObject({
    statusCode: 200,
    body: SCRIPT,
    isBase64Encoded: false,
  });
  // The others know base64, and so compression.
  const compressed = await handler(events.v2(parts));
  expect(compressed).toMatchObject({ isBase64Encoded: true, headers: { 'content-encoding': 'gzip' } });
});

it.each([
  [
    'a schedule',
    { source: 'aws.events', 'detail-type': 'Scheduled Event', detail: {} },
    /EventBridge \(aws\.events\).*rollUp/,
  ],
  [
    'VPC Lattice',
    { version: '2.0', path: '/health', method: 'GET', headers: {}, requestContext: { serviceArn: 'arn' } },
    /VPC Lattice/,
  ],
  ['a queue', { Records: [{ eventSource: 'aws:sqs' }] }, /records/],
  ['nothing', {}, /no fields/],
  ['null', null, /no fields/],
])('names what it is given where that is no request: %s', async (_, event, message) => {
  await expect(handler(event as unknown as LambdaEvent)).rejects.toThrow(message);
});
