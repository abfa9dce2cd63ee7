/** Keeps the embedded database to the programs that are meant: it has all data, and dynalite itself answers anybody. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';

/**
 * Refuses what a browser sends: pages of any site reach ports of this machine, also by a name of their own that resolves
 * to it (DNS rebinding). With `accessKeyId`, also refuses whoever does not sign with it: other users of this machine.
 */
export function guardRequests(server: Server, accessKeyId: string | undefined): void {
  const handlers = server.listeners('request') as ((
    request: IncomingMessage,
    response: ServerResponse,
  ) => void)[];
  server.removeAllListeners('request');
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const reason = rejection(request, accessKeyId);
    if (reason === undefined) for (const handle of handlers) handle.call(server, request, response);
    else reject(request, response, reason);
  });
}

function rejection({ headers }: IncomingMessage, accessKeyId: string | undefined): string | undefined {
  if (headers.origin !== undefined) return 'this database takes no requests of web pages';
  if (!LOOPBACK_HOST.test(headers.host ?? ''))
    return 'this database is reached as 127.0.0.1 or localhost only';
  if (accessKeyId !== undefined && !isSame(signer(headers.authorization), accessKeyId)) {
    return 'the access key is not the one of this database';
  }
  return undefined;
}

const LOOPBACK_HOST = /^(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/i;

/** dynalite does not check signatures: whoever knows the id of the key is the one who may ask. */
const signer = (authorization = '') => /\bCredential=([^/,\s]+)/.exec(authorization)?.[1] ?? '';

const isSame = (given: string, wanted: string) => timingSafeEqual(digest(given), digest(wanted));
const digest = (text: string) => createHash('sha256').update(text).digest();

/** As DynamoDB names it, so that clients know it for what it is. */
function reject(request: IncomingMessage, response: ServerResponse, message: string): void {
  request.resume();
  response.writeHead(403, { 'content-type': 'application/x-amz-json-1.0' });
  response.end(JSON.stringify({ __type: 'com.amazon.coral.service#UnrecognizedClientException', message }));
}
