/** Large answers, compressed for who takes that: numbers of a long range are some 150 KB of JSON, most of it names. */
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { type Coding, chooseCoding } from './accept-encoding.js';
import type { CollectorReply, CollectorRequest } from './request.js';

/** Below this a packet is not saved. */
const MIN_BYTES = 1_400;
/** Of brotli's 11: half of gzip's size and time; above it, each step costs more than a line of today gains. */
const BROTLI_QUALITY = 4;

const compress = {
  br: (bytes: Buffer) =>
    promisify(brotliCompress)(bytes, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      },
    }),
  gzip: (bytes: Buffer) => promisify(gzip)(bytes),
};

/** In the thread pool: this process has more to do meanwhile. */
export function compressReply(
  request: CollectorRequest,
  reply: CollectorReply,
): CollectorReply | Promise<CollectorReply> {
  const { headers, body } = reply;
  if (typeof body !== 'string' || body.length < MIN_BYTES) return reply;
  headers.vary = [headers.vary, 'Accept-Encoding'].filter(Boolean).join(', ');
  const coding = chooseCoding(request.header('accept-encoding'));
  return coding ? compressWith(coding, reply, Buffer.from(body)) : reply;
}

async function compressWith(
  coding: Coding,
  { status, headers }: CollectorReply,
  bytes: Buffer,
): Promise<CollectorReply> {
  const body = await compress[coding](bytes);
  return { status, headers: { ...headers, 'content-encoding': coding }, body };
}
