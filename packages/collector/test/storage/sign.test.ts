import { createHash, createHmac, type Hmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dynamoStore } from '@liveinsight/collector/dynamodb';
import { lean } from '@liveinsight/collector/lean';
import { sampleBatch } from '@liveinsight/testing/contracts';
import { SignatureV4 } from '@smithy/signature-v4';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

interface Received {
  headers: IncomingHttpHeaders;
  body: Buffer;
}

describe('A request to the database', () => {
  const received: Received[] = [];
  const server = createServer(async (request, response) => {
    received.push({ headers: request.headers, body: Buffer.concat(await request.toArray()) });
    response.writeHead(400).end('{}');
  });
  let endpoint: string;
  beforeAll(async () => {
    await once(server.listen(0, '127.0.0.1'), 'listening');
    endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => server.close());

  it.each([
    { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' },
    { accessKeyId: 'ASIAEXAMPLE', secretAccessKey: 'ключ', sessionToken: 'FwoGZXIvYXdzEA//token+/=' },
  ])('bears the signature that AWS’s own signer gives it: $accessKeyId', async (credentials) => {
    const store = dynamoStore({ driver: lean({ endpoint, region: 'ap-northeast-2', credentials }) });
    await store.append(sampleBatch(['event-1'], { site: 'magasin', session_id: 'séance-1' }));
    await store.close();
    const [first] = received.splice(0);
    if (!first) throw new Error('nothing was sent');
    expect(first.headers.authorization).toBe(await signedByAws(first, credentials));
  });
});

/** With the headers that ours signs, and the time it says. */
async function signedByAws({ headers, body }: Received, credentials: object): Promise<string | undefined> {
  const signer = new SignatureV4({
    service: 'dynamodb',
    region: 'ap-northeast-2',
    credentials: credentials as { accessKeyId: string; secretAccessKey: string },
    sha256: Sha256,
  });
  const time = String(headers['x-amz-date']).replace(
    /(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z/,
    '$1-$2-$3T$4:$5:$6Z',
  );
  const { host = '', 'x-amz-target': target } = headers;
  const signed = await signer.sign(
    {
      method: 'POST',
      protocol: 'http:',
      hostname: host,
      path: '/',
      query: {},
      headers: { host, 'x-amz-target': String(target) },
      body,
    },
    { signingDate: new Date(time), unsignableHeaders: new Set(['x-amz-content-sha256']) },
  );
  return signed.headers.authorization;
}

/** Node's own, in the form the signer asks for. */
class Sha256 {
  readonly #hash: Hmac | ReturnType<typeof createHash>;
  constructor(secret?: string | Uint8Array | ArrayBuffer | ArrayBufferView) {
    this.#hash = secret === undefined ? createHash('sha256') : createHmac('sha256', secret as Uint8Array);
  }
  update(data: string | Uint8Array | ArrayBuffer | ArrayBufferView) {
    this.#hash.update(typeof data === 'string' ? data : (data as Uint8Array));
  }
  async digest() {
    return new Uint8Array(this.#hash.digest());
  }
  reset() {}
}
