/** Puts the static files that lie beside it into a bucket when CloudFormation deploys, and takes them out when it deletes. */
import { readFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { toBucketUrl } from './runtime/bucket-url.js';
import { signS3 } from './runtime/sign.js';

/** What CloudFormation sends a custom resource. */
interface CloudFormationEvent {
  RequestType: 'Create' | 'Update' | 'Delete';
  ResponseURL: string;
  StackId: string;
  RequestId: string;
  LogicalResourceId: string;
  PhysicalResourceId?: string;
  ResourceProperties: { Bucket: string };
}

/** A line of `files.json`; the body lies at `files/{key}`. */
interface PublishedFile {
  key: string;
  content_type: string;
  cache_control: string;
}

/** Reports the result to CloudFormation in every case: without a response a deployment waits for an hour. */
export async function handler(event: CloudFormationEvent): Promise<void> {
  try {
    await publish(event);
    await respond(event, { Status: 'SUCCESS' });
  } catch (error) {
    console.error(error);
    await respond(event, {
      Status: 'FAILED',
      Reason: error instanceof Error ? error.message : String(error),
    });
  }
}

async function publish({ RequestType, ResourceProperties: { Bucket } }: CloudFormationEvent): Promise<void> {
  if (RequestType === 'Delete') {
    return empty(Bucket).catch((error: unknown) => {
      // It was deleted by hand: the stack can go.
      if (!(error instanceof S3Error) || !error.isBucketGone) throw error;
    });
  }
  const files: PublishedFile[] = JSON.parse(String(await readFile(new URL('files.json', import.meta.url))));
  for (const { key, content_type, cache_control } of files) {
    const body = await readFile(new URL(`files/${key}`, import.meta.url));
    await s3('PUT', Bucket, key, body, { 'content-type': content_type, 'cache-control': cache_control });
  }
}

/** Of the files of versions before too, which stay for the pages that pin them: a bucket that holds any can't be deleted. */
async function empty(bucket: string): Promise<void> {
  for (;;) {
    const list = await s3('GET', bucket, '?list-type=2');
    const keys = [...list.matchAll(/<Key>([^<]+)<\/Key>/g)].map(([, key]) => key ?? '');
    if (keys.length === 0) return;
    for (const key of keys) await s3('DELETE', bucket, key);
  }
}

/** The reply's text. */
async function s3(
  method: 'GET' | 'PUT' | 'DELETE',
  bucket: string,
  key: string,
  body: Uint8Array<ArrayBuffer> = new Uint8Array(),
  headers: Record<string, string> = {},
): Promise<string> {
  const { AWS_REGION = '', AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = process.env;
  const url = new URL(`${toBucketUrl(bucket)}/${key}`);
  const credentials = {
    accessKeyId: AWS_ACCESS_KEY_ID ?? '',
    secretAccessKey: AWS_SECRET_ACCESS_KEY ?? '',
    ...(AWS_SESSION_TOKEN ? { sessionToken: AWS_SESSION_TOKEN } : {}),
  };
  const { status, text } = await retryTransient(() => {
    const signed = signS3({ method, url, headers, body }, credentials, AWS_REGION, new Date());
    return fetch(url, { method, headers: signed, ...(method === 'PUT' ? { body } : {}), signal: timeOut() });
  });
  if (status >= FIRST_ERROR) throw new S3Error(`${method} of ${key} to ${bucket}`, status, text);
  return text;
}

class S3Error extends Error {
  readonly isBucketGone: boolean;
  constructor(what: string, status: number, text: string) {
    super(`${what}: ${status} ${text.slice(0, 500)}`);
    this.isBucketGone = status === NOT_FOUND && text.includes('NoSuchBucket');
  }
}

const FIRST_ERROR = 300;
const NOT_FOUND = 404;
const TOO_MANY_REQUESTS = 429;
const FIRST_SERVER_ERROR = 500;
/** Waits before the attempts after the first, in ms, as AWS advises: S3 asks to slow down with 503. */
const WAITS_MS = [200, 400, 800, 1_600];
const TIMEOUT_MS = 8_000;

const timeOut = () => AbortSignal.timeout(TIMEOUT_MS);

/** Repeats a request that failed without a response, or for a reason of the service. */
async function retryTransient(send: () => Promise<Response>): Promise<{ status: number; text: string }> {
  const attempt = async () => {
    const response = await send();
    return { status: response.status, text: await response.text() };
  };
  for (const ms of WAITS_MS) {
    const reply = await attempt().catch(() => undefined);
    const isTransient = !reply || reply.status === TOO_MANY_REQUESTS || reply.status >= FIRST_SERVER_ERROR;
    if (!isTransient) return reply;
    await wait(ms * (0.5 + Math.random() / 2));
  }
  return attempt();
}

async function respond(
  { ResponseURL, StackId, RequestId, LogicalResourceId, PhysicalResourceId }: CloudFormationEvent,
  outcome: { Status: 'SUCCESS' | 'FAILED'; Reason?: string },
): Promise<void> {
  const ids = { StackId, RequestId, LogicalResourceId };
  const body = JSON.stringify({
    ...outcome,
    ...ids,
    PhysicalResourceId: PhysicalResourceId ?? 'liveinsight-files',
  });
  // The address is signed for no content type.
  await retryTransient(() =>
    fetch(ResponseURL, { method: 'PUT', body, headers: { 'content-type': '' }, signal: timeOut() }),
  );
}
