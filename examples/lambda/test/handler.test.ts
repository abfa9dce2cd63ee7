import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { createTables, dynamoStore } from '@liveinsight/collector/dynamodb';
import { type Dynalite, startDynalite } from '@liveinsight/collector/local';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

type Reply = { statusCode: number; headers?: Record<string, string>; body?: string };
type Handler = (event: object, context: object) => Promise<Reply>;

/** What is deployed: one file with everything in it. */
const bundle = new URL('../dist/handler.mjs', import.meta.url);

describe('the Lambda example, bundled', () => {
  let database: Dynalite;
  let handler: Handler;

  beforeAll(async () => {
    database = await startDynalite();
    process.env.AWS_ENDPOINT_URL_DYNAMODB = database.endpoint;
    process.env.LIVEINSIGHT_SECRET = 'a secret of the smoke test';
    process.env.LIVEINSIGHT_SITES = '[{"id":"shop","origins":["https://shop.example"]}]';
    await createTables({ endpoint: database.endpoint });
    expect(existsSync(fileURLToPath(bundle)), 'npm run build makes it').toBe(true);
    // By Node itself, as on Lambda, not by the test runner.
    ({ handler } = createRequire(import.meta.url)(fileURLToPath(bundle)));
  });

  afterAll(() => database.close());

  it('stores what a function URL or HTTP API brings', async () => {
    const page_url = 'https://shop.example/';
    const event = { site: 'shop', event_type: 'page_view', session_id: 'by-http-api', page_url };
    const reply = await handler(httpEvent('POST', '/api/events', JSON.stringify(event)), {});
    expect(reply.statusCode).toBe(200);
    expect(JSON.parse(reply.body ?? '')).toMatchObject({ status: 'success', data: { accepted: 1 } });

    const store = dynamoStore({ endpoint: database.endpoint });
    const [batch] = await store.session('shop', 'by-http-api');
    await store.close();
    expect(batch?.events).toMatchObject([{ event_type: 'page_view', page_url }]);
  });

  it('serves the tracker, and answers a preflight', async () => {
    const script = await handler(httpEvent('GET', '/liveinsight.js'), {});
    expect(script.headers?.['content-type']).toMatch(/javascript/);
    expect((await handler(httpEvent('OPTIONS', '/api/events'), {})).statusCode).toBe(204);
  });
});

/** As API Gateway's payload 2.0 has it. */
function httpEvent(method: string, rawPath: string, body?: string): object {
  const http = { method, path: rawPath, sourceIp: '203.0.113.9', protocol: 'HTTP/1.1' };
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath,
    rawQueryString: '',
    headers: { host: 'shop.example', origin: 'https://shop.example', 'content-type': 'text/plain' },
    requestContext: { http, stage: '$default' },
    isBase64Encoded: false,
    ...(body === undefined ? {} : { body }),
  };
}
