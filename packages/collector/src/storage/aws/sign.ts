/**
 * Signature Version 4, of requests to AWS's JSON services: a POST without a query.
 * Steps and names: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
import { createHmac, hash } from 'node:crypto';

/** Who signs; `expiration` where they hold for a while only. */
export interface Credentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
  expiration?: Date;
}

export interface Scope {
  region: string;
  /** As DynamoDB's is `dynamodb`. */
  service: string;
}

export interface Unsigned {
  host: string;
  path: string;
  /** As `DynamoDB_20120810.PutItem`. */
  target: string;
  body: Uint8Array;
}

/** Headers as pairs in one list, name before value: what `node:http` sends without looking at them again. */
export type SignedHeaders = string[];

const ALGORITHM = 'AWS4-HMAC-SHA256';

/** Signs by the given time, in ms since 1970; the key of a day is derived once. */
export function signer({ region, service }: Scope) {
  let derived: { day: string; secret: string; key: Buffer } | undefined;

  function deriveSigningKey(day: string, secret: string): Buffer {
    if (derived?.day === day && derived.secret === secret) return derived.key;
    const key = [day, region, service, 'aws4_request'].reduce<Buffer | string>(hmac, `AWS4${secret}`);
    derived = { day, secret, key: key as Buffer };
    return derived.key;
  }

  return ({ host, path, target, body }: Unsigned, who: Credentials, nowMs: number): SignedHeaders => {
    const time = `${new Date(nowMs).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;
    const day = time.slice(0, 8);
    const token = who.sessionToken;
    const names = `host;x-amz-date;${token === undefined ? '' : 'x-amz-security-token;'}x-amz-target`;
    const tokenLine = token === undefined ? '' : `x-amz-security-token:${token}\n`;
    const values = `host:${host}\nx-amz-date:${time}\n${tokenLine}x-amz-target:${target}\n`;
    const canonical = `POST\n${path}\n\n${values}\n${names}\n${hash('sha256', body)}`;
    const scope = `${day}/${region}/${service}/aws4_request`;
    const text = `${ALGORITHM}\n${time}\n${scope}\n${hash('sha256', canonical)}`;
    const signature = createHmac('sha256', deriveSigningKey(day, who.secretAccessKey))
      .update(text)
      .digest('hex');
    const headers = ['host', host, 'x-amz-date', time, 'x-amz-target', target];
    if (token !== undefined) headers.push('x-amz-security-token', token);
    headers.push(
      'authorization',
      `${ALGORITHM} Credential=${who.accessKeyId}/${scope}, SignedHeaders=${names}, Signature=${signature}`,
    );
    return headers;
  };
}

const hmac = (key: Buffer | string, text: string) => createHmac('sha256', key).update(text).digest();
