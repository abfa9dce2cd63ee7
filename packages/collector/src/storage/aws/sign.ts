/** Signed headers of requests to AWS's JSON services: a POST without a query. */
import { hash } from 'node:crypto';
import { authorizer, type Credentials, type Scope, toAmzDate } from './signature.js';

export interface Unsigned {
  host: string;
  path: string;
  /** As `DynamoDB_20120810.PutItem`. */
  target: string;
  body: Uint8Array;
}

/** Headers as pairs in one list, name before value: what `node:http` sends without looking at them again. */
export type SignedHeaders = string[];

/** Signs by the given time, in ms since 1970. */
export function signer(scope: Scope) {
  const authorize = authorizer(scope);

  return ({ host, path, target, body }: Unsigned, who: Credentials, nowMs: number): SignedHeaders => {
    const time = toAmzDate(nowMs);
    const token = who.sessionToken;
    const headerNames = `host;x-amz-date;${token === undefined ? '' : 'x-amz-security-token;'}x-amz-target`;
    const tokenLine = token === undefined ? '' : `x-amz-security-token:${token}\n`;
    const values = `host:${host}\nx-amz-date:${time}\n${tokenLine}x-amz-target:${target}\n`;
    const text = `POST\n${path}\n\n${values}\n${headerNames}\n${hash('sha256', body)}`;
    const headers = ['host', host, 'x-amz-date', time, 'x-amz-target', target];
    if (token !== undefined) headers.push('x-amz-security-token', token);
    headers.push('authorization', authorize({ text, headerNames, time }, who));
    return headers;
  };
}
