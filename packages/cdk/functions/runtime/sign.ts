/** Signed headers of a request to S3, as docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html has it. */
import { createHash } from 'node:crypto';
import { authorizer, type Credentials, toAmzDate } from '@liveinsight/collector/aws';

export interface Unsigned {
  method: string;
  url: URL;
  headers: Record<string, string>;
  body: Uint8Array;
}

/** The headers to send, `authorization` among them. */
export function signS3(
  { method, url, headers, body }: Unsigned,
  who: Credentials,
  region: string,
  now: Date,
): Record<string, string> {
  const time = toAmzDate(now.getTime());
  const bodyHash = createHash('sha256').update(body).digest('hex');
  const all: Record<string, string> = {
    ...headers,
    host: url.host,
    'x-amz-content-sha256': bodyHash,
    'x-amz-date': time,
    ...(who.sessionToken ? { 'x-amz-security-token': who.sessionToken } : {}),
  };
  const names = Object.keys(all).sort();
  const headerNames = names.join(';');
  const lines = names.map((name) => `${name}:${all[name]?.trim()}\n`).join('');
  const path = url.pathname.split('/').map((part) => encodePart(decodeURIComponent(part)));
  const query = [...url.searchParams]
    .map(([name, value]) => `${encodePart(name)}=${encodePart(value)}`)
    .sort();
  const text = [method, path.join('/'), query.join('&'), lines, headerNames, bodyHash].join('\n');
  return { ...all, authorization: authorizer({ region, service: 's3' })({ text, headerNames, time }, who) };
}

/** Like encodeURIComponent, which leaves out `!'()*`. */
const encodePart = (part: string) =>
  encodeURIComponent(part).replace(/[!'()*]/g, (at) => `%${at.charCodeAt(0).toString(16).toUpperCase()}`);
