import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { READ_KEY, type Stack, startStack } from '../stack.js';

const SCRIPT = `/* ${'x'.repeat(3_000)} */`;
let stack: Stack;
beforeAll(async () => {
  stack = await startStack({ assets: { tracker: SCRIPT } });
});
afterAll(() => stack.close());

async function ask(path: string, acceptEncoding: string, method = 'GET') {
  const headers = { authorization: `Bearer ${READ_KEY}`, 'accept-encoding': acceptEncoding };
  const response = await stack.collector.fetch(
    new Request(`https://collector.example${path}`, { headers, method }),
  );
  return { response, bytes: Buffer.from(await response.arrayBuffer()) };
}
const codingOf = async (path: string, acceptEncoding: string) =>
  (await ask(path, acceptEncoding)).response.headers.get('content-encoding');

describe('the script is compressed for those who take that', () => {
  it.each([
    ['gzip', true],
    ['GZIP', true],
    ['x-gzip', true],
    ['gzip;q=1.0', true],
    ['gzip;q=1.000', true],
    ['gzip; q=1', true],
    ['gzip ; q = 0.5', true],
    ['gzip;Q=0.001', true],
    ['gzip;q=.5', true],
    ['*', true],
    ['deflate, gzip;q=1.0, *;q=0.5', true],
    ['gzip;q=0.8, deflate;q=0.6, identity;q=0.3', true],
    ['br;q=1.0, gzip;q=1.0', true],
    [',, gzip ,', true],
    ['', false],
    ['identity', false],
    ['identity;q=1, gzip;q=0.5', false],
    ['gzip;q=0', false],
    ['gzip;q=0.000', false],
    ['gzip;q=0, *', false],
    ['*;q=0', false],
    ['gzip;q=', false],
    ['gzip;q=0.5.5', false],
    ['gzip;q=2', false],
    ['gzipped, not-gzip', false],
  ])('%j: %s', async (header, isCompressed) => {
    expect(await codingOf('/liveinsight.js', header)).toBe(isCompressed ? 'gzip' : null);
  });
});

describe('an answer', () => {
  const LARGE = '/api/stats?from=48h&interval=5m';

  it('that is large is compressed as the client takes it, and says by what it differs', async () => {
    const plain = await ask(LARGE, 'identity');
    const stats = JSON.parse(plain.bytes.toString()).data;
    expect(plain.response.headers.get('content-encoding')).toBe(null);
    for (const [header, coding, decompress] of [
      ['gzip, deflate, br', 'br', brotliDecompressSync],
      ['gzip', 'gzip', gunzipSync],
      ['br;q=0.1, gzip', 'gzip', gunzipSync],
    ] as const) {
      const { response, bytes } = await ask(LARGE, header);
      expect(response.headers.get('content-encoding')).toBe(coding);
      expect(response.headers.get('vary')).toBe('Authorization, X-API-Key, Accept-Encoding');
      expect(JSON.parse(decompress(bytes).toString()).data.series).toHaveLength(stats.series.length);
      expect(bytes.length).toBeLessThan(plain.bytes.length / 5);
    }
  });

  it('is told by its ETag that it has not changed, whatever its form', async () => {
    const path = '/api/sites';
    const etag = (await ask(path, 'br')).response.headers.get('etag') ?? '';
    const again = new Request(`https://collector.example${path}`, {
      headers: { authorization: `Bearer ${READ_KEY}`, 'accept-encoding': 'gzip', 'if-none-match': etag },
    });
    expect((await stack.collector.fetch(again)).status).toBe(304);
  });

  it('has the length of its compressed form in HEAD, and goes as it is where it is small', async () => {
    const { response, bytes } = await ask(LARGE, 'gzip', 'HEAD');
    expect(bytes).toHaveLength(0);
    expect(response.headers.get('content-encoding')).toBe('gzip');
    expect(await codingOf('/health', 'br, gzip')).toBe(null);
  });
});

it('headers and paths of any length cost no more than they are long', async () => {
  const headers = [
    `gzip;q=.${'1'.repeat(1e6)}x`,
    `${' '.repeat(1e6)}gzip`,
    'gzip;'.repeat(2e5),
    ','.repeat(1e6),
    `*${';q=0'.repeat(2e5)}`,
  ];
  for (const header of headers) expect((await ask('/liveinsight.js', header)).response.status).toBe(200);
  for (const path of ['/'.repeat(1e6), `/api/stats${'/'.repeat(1e6)}x`, `/api/sessions/a${'/'.repeat(1e6)}b`])
    expect(stack.collector.matches(path)).toBe(false);
  expect(stack.collector.matches(`/api/stats${'/'.repeat(1e6)}`)).toBe(true);
});
