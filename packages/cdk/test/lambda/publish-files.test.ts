/** The function that CloudFormation has put the static files into their bucket: the very folder that is deployed. */
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LiveInsight } from '@liveinsight/cdk';
import { App, Stack } from 'aws-cdk-lib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Lambda, startLambda } from './runtime-api.js';

interface Seen {
  method: string | undefined;
  path: string | undefined;
  type: string | undefined;
  signed: boolean;
  body: string;
}

const seen: Seen[] = [];
/** What the bucket holds: files of a version before, at first. */
const held = new Set(['liveinsight.0.9.0.js']);
let refuse = false;
/** Requests of the bucket that are answered so before others are well. */
const failures: { status: number; body: string }[] = [];
let lambda: Lambda;
let outdir: string;
let place: string;

const server = createServer((request, response) => {
  void request.toArray().then((chunks) => {
    seen.push({
      method: request.method,
      path: request.url,
      type: request.headers['content-type'],
      signed: request.headers.authorization?.startsWith('AWS4-HMAC-SHA256 Credential=local/') === true,
      body: Buffer.concat(chunks).toString(),
    });
    const failure = request.url?.startsWith('/bucket/') ? failures.shift() : undefined;
    if (failure) {
      response.writeHead(failure.status).end(failure.body);
      return;
    }
    const refused = refuse && request.url?.startsWith('/bucket/');
    response.writeHead(refused ? 403 : 200).end(refused ? '<Code>AccessDenied</Code>' : bucket(request));
  });
});

/** As S3 answers. */
function bucket({ method, url = '' }: IncomingMessage): string {
  const key = url.replace('/bucket/', '');
  if (method === 'PUT' && url !== key) held.add(key);
  if (method === 'DELETE') held.delete(key);
  const keys = [...held].map((each) => `<Contents><Key>${each}</Key></Contents>`);
  return method === 'GET' ? `<ListBucketResult>${keys.join('')}</ListBucketResult>` : '';
}

beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  place = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  outdir = mkdtempSync(join(tmpdir(), 'liveinsight-publish-'));
  const app = new App({ outdir, analyticsReporting: false, builtinCloudFormationValidation: false });
  const assets = {
    tracker: 'the tracker',
    dashboard: { 'index.html': { body: '<p>', contentType: 'text/html' } },
  };
  new LiveInsight(new Stack(app, 'Stack'), 'LiveInsight', { sites: [{ id: 'shop' }], assets });
  app.synth();
  const folders = readdirSync(outdir).filter((name) => name.startsWith('asset.'));
  const folder = folders.find((name) => readdirSync(join(outdir, name)).includes('files.json'));
  lambda = await startLambda({
    handler: 'publish-files.handler',
    folder: join(outdir, folder ?? ''),
    env: { AWS_ENDPOINT_URL_S3: place },
    timeoutMs: 10_000,
  });
}, 60_000);

afterAll(async () => {
  await lambda?.close();
  server.closeAllConnections();
  server.close();
  rmSync(outdir, { recursive: true, force: true });
});

async function ask(RequestType: string) {
  seen.length = 0;
  await lambda.invoke({
    RequestType,
    ResponseURL: `${place}/answer`,
    StackId: 'stack',
    RequestId: 'request',
    LogicalResourceId: 'Files',
    ResourceProperties: { Bucket: 'bucket' },
  });
  const answer = JSON.parse(seen.pop()?.body ?? '{}');
  return { answer, requests: seen.map(({ method, path, type, body }) => ({ method, path, type, body })) };
}

it('puts every file with its type, signed, and tells CloudFormation', async () => {
  const { answer, requests } = await ask('Create');
  expect(requests).toEqual([
    {
      method: 'PUT',
      path: '/bucket/liveinsight.js',
      type: 'text/javascript; charset=utf-8',
      body: 'the tracker',
    },
    { method: 'PUT', path: '/bucket/dashboard/index.html', type: 'text/html', body: '<p>' },
  ]);
  expect(seen.every(({ signed }) => signed)).toBe(true);
  expect(answer).toMatchObject({
    Status: 'SUCCESS',
    StackId: 'stack',
    RequestId: 'request',
    LogicalResourceId: 'Files',
  });
});

it('takes all out when the stack is deleted, files of versions before too, so that the bucket can be', async () => {
  const { requests } = await ask('Delete');
  expect(requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
    'GET /bucket/?list-type=2',
    'DELETE /bucket/liveinsight.0.9.0.js',
    'DELETE /bucket/liveinsight.js',
    'DELETE /bucket/dashboard/index.html',
    'GET /bucket/?list-type=2',
  ]);
  expect(held.size).toBe(0);
});

it('repeats what S3 asks to slow down for', async () => {
  failures.push(
    { status: 503, body: '<Code>SlowDown</Code>' },
    { status: 500, body: '<Code>InternalError</Code>' },
  );
  const { answer, requests } = await ask('Create');
  expect(answer.Status).toBe('SUCCESS');
  expect(requests.map(({ path }) => path)).toEqual([
    '/bucket/liveinsight.js',
    '/bucket/liveinsight.js',
    '/bucket/liveinsight.js',
    '/bucket/dashboard/index.html',
  ]);
});

it('keeps no stack from being deleted whose bucket is gone', async () => {
  failures.push({ status: 404, body: '<Code>NoSuchBucket</Code>' });
  expect((await ask('Delete')).answer.Status).toBe('SUCCESS');
});

it('tells CloudFormation why it could not, rather than nothing for an hour', async () => {
  refuse = true;
  const { answer } = await ask('Update');
  expect(answer).toMatchObject({
    Status: 'FAILED',
    Reason: expect.stringContaining('403 <Code>AccessDenied</Code>'),
  });
});
