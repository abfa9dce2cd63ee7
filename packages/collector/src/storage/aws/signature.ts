/**
 * The steps of Signature Version 4 that are the same for every service and request: from a canonical request to its signature.
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

export interface CanonicalRequest {
  /** Method, path, query, headers, their names and the hash of the body, a line each. */
  text: string;
  /** Names of the signed headers, separated by `;`. */
  headerNames: string;
  /** As `x-amz-date` has it: `toAmzDate`. */
  time: string;
}

const ALGORITHM = 'AWS4-HMAC-SHA256';

/** A time in ms since 1970 as `20260131T090000Z`. */
export const toAmzDate = (ms: number): string =>
  `${new Date(ms).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;

/** Returns what makes the `authorization` header of a request; the key of a day is derived once. */
export function authorizer({ region, service }: Scope) {
  let derived: { day: string; secret: string; key: Buffer } | undefined;

  function deriveSigningKey(day: string, secret: string): Buffer {
    if (derived?.day === day && derived.secret === secret) return derived.key;
    const key = [day, region, service, 'aws4_request'].reduce<Buffer | string>(hmac, `AWS4${secret}`);
    derived = { day, secret, key: key as Buffer };
    return derived.key;
  }

  return ({ text, headerNames, time }: CanonicalRequest, who: Credentials): string => {
    const day = time.slice(0, 8);
    const scope = `${day}/${region}/${service}/aws4_request`;
    const toSign = `${ALGORITHM}\n${time}\n${scope}\n${hash('sha256', text)}`;
    const signature = createHmac('sha256', deriveSigningKey(day, who.secretAccessKey))
      .update(toSign)
      .digest('hex');
    return `${ALGORITHM} Credential=${who.accessKeyId}/${scope}, SignedHeaders=${headerNames}, Signature=${signature}`;
  };
}

const hmac = (key: Buffer | string, text: string) => createHmac('sha256', key).update(text).digest();
