/** A request's body as text, whatever its encoding, within the caps before and after decompression. */
import { gunzipSync } from 'node:zlib';
import { MAX_BODY_BYTES, MAX_DECODED_BODY_BYTES } from '@liveinsight/schema';
import { RequestFailure, refusal } from '../errors.js';
import { BodyTooLargeError, type CollectorRequest } from './request.js';

export async function readText(request: CollectorRequest): Promise<string> {
  const encoding = request.header('content-encoding')?.trim().toLowerCase() || 'identity';
  if (encoding !== 'identity' && encoding !== 'gzip') {
    throw refusal({
      code: 'invalid_encoding',
      path: '',
      message: `content-encoding must be gzip or absent, got ${encoding.slice(0, 40)}`,
    });
  }
  const bytes = await readBytes(request);
  return decode(encoding === 'gzip' ? gunzip(bytes) : bytes);
}

async function readBytes(request: CollectorRequest): Promise<Uint8Array> {
  try {
    return await request.body(MAX_BODY_BYTES);
  } catch (error) {
    if (error instanceof BodyTooLargeError) throw tooLarge(`must have at most ${error.limitBytes} bytes`);
    if (error instanceof RequestFailure) throw error;
    throw refusal({ code: 'invalid_body', path: '', message: 'the body ended before it was whole' });
  }
}

/** Synchronous: for bodies this small a trip to the thread pool costs more than the work. */
function gunzip(bytes: Uint8Array): Uint8Array {
  try {
    return gunzipSync(bytes, { maxOutputLength: MAX_DECODED_BODY_BYTES });
  } catch (error) {
    if (error instanceof RangeError) {
      throw tooLarge(`must have at most ${MAX_DECODED_BODY_BYTES} bytes when decompressed`);
    }
    throw refusal({
      code: 'invalid_body',
      path: '',
      message: 'the body is not gzip, as content-encoding says',
    });
  }
}

/** Bytes that are not UTF-8 become U+FFFD, and a byte order mark is no part of the text. */
function decode(bytes: Uint8Array): string {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}

const tooLarge = (message: string) => refusal({ code: 'body_too_large', path: '', message });
