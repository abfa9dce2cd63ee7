/** Whether a request came by way of our CloudFront distribution, and what that adds to it. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { CollectorReply, CollectorRequest, Connection } from '@liveinsight/collector';

/** The header that the distribution adds, overwriting a client's. */
const ORIGIN_HEADER = 'x-liveinsight-origin';

const FORBIDDEN = 403;

/** True if no secret is required, or if the request has one of them. */
export function isFromDistribution(request: CollectorRequest, secrets: string[]): boolean {
  if (secrets.length === 0) return true;
  const given = digest(request.header(ORIGIN_HEADER) ?? '');
  return secrets.filter((secret) => timingSafeEqual(digest(secret), given)).length > 0;
}

export function forbidden(): CollectorReply {
  const message = 'this address is not for direct use: send to the domain of the distribution in front of it';
  return {
    status: FORBIDDEN,
    headers: { 'content-type': 'application/json; charset=utf-8', 'access-control-allow-origin': '*' },
    body: JSON.stringify({ status: 'error', code: 'forbidden', message }),
  };
}

/** The visitor's address instead of the edge's. CloudFront writes `address:port`; IPv6 addresses have colons too. */
export function viewerConnection(request: CollectorRequest, connection: Connection): Connection {
  const address = request.header('cloudfront-viewer-address');
  const end = address?.lastIndexOf(':') ?? -1;
  return address && end > 0 ? { ...connection, ip: address.slice(0, end) } : connection;
}

const digest = (text: string) => createHash('sha256').update(text).digest();
