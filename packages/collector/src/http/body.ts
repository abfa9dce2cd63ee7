/** A request's body as text, whatever its encoding, within the caps before and after decompression. */
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, gunzipSync } from 'node:zlib';
import { MAX_BODY_BYTES, MAX_DECODED_BODY_BYTES } from '@liveinsight/schema';
import { ApiError, validationError } from '../errors.js';
import { BodyTooLargeError, BodyUnavailableError, type CollectorRequest } from './request.js';

/** What a body may have that can only be had whole; one that streams may be of any length. */
const MAX_BUFFERED_BYTES = 33_554_432;

export async function readText(request: CollectorRequest): Promise<string> {
  const isGzip = isCompressed(request);
  let bytes: Uint8Array;
  try {
    bytes = await request.body(MAX_BODY_BYTES);
  } catch (error) {
    throw toReadError(error);
  }
  return decode(isGzip ? gunzip(bytes) : bytes);
}

/** A body of any length, decompressed, as it comes. */
export async function* readStream(request: CollectorRequest): AsyncGenerator<Uint8Array> {
  const isGzip = isCompressed(request);
  const bytes = withReadErrors(request.stream?.() ?? once(() => request.body(MAX_BUFFERED_BYTES)));
  if (!isGzip) return yield* bytes;
  const unzipped = createGunzip();
  const feeding = pipeline(Readable.from(bytes), unzipped);
  feeding.catch(() => {});
  try {
    yield* unzipped as AsyncIterable<Uint8Array>;
  } catch (error) {
    throw error instanceof ApiError || error instanceof BodyUnavailableError ? error : NOT_GZIP();
  }
}

async function* withReadErrors(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* bytes;
  } catch (error) {
    throw toReadError(error);
  }
}

async function* once(read: () => Promise<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield await read();
}

function isCompressed(request: CollectorRequest): boolean {
  const encoding = request.header('content-encoding')?.trim().toLowerCase() || 'identity';
  if (encoding === 'identity' || encoding === 'gzip') return encoding === 'gzip';
  throw validationError({
    code: 'invalid_encoding',
    path: '',
    message: `content-encoding must be gzip or absent, got ${encoding.slice(0, 40)}`,
  });
}

/** Why a body could not be read. What the server has done to it is no fault of the sender, which is to send again. */
function toReadError(error: unknown): Error {
  if (error instanceof BodyUnavailableError) return error;
  if (error instanceof BodyTooLargeError) return tooLarge(`must have at most ${error.limitBytes} bytes`);
  return error instanceof ApiError ? error : INCOMPLETE_BODY();
}

/** Synchronous: for bodies this small a trip to the thread pool costs more than the work. */
function gunzip(bytes: Uint8Array): Uint8Array {
  try {
    return gunzipSync(bytes, { maxOutputLength: MAX_DECODED_BODY_BYTES });
  } catch (error) {
    if (error instanceof RangeError) {
      throw tooLarge(`must have at most ${MAX_DECODED_BODY_BYTES} bytes when decompressed`);
    }
    throw validationError({
      code: 'invalid_body',
      path: '',
      message: 'content-encoding is gzip, but the body is not valid gzip',
    });
  }
}

/** Bytes that are not UTF-8 become U+FFFD, and a byte order mark is no part of the text. */
function decode(bytes: Uint8Array): string {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}

const INCOMPLETE_BODY = () =>
  validationError({ code: 'invalid_body', path: '', message: 'the body ended before it was complete' });

const NOT_GZIP = () =>
  validationError({
    code: 'invalid_body',
    path: '',
    message: 'content-encoding is gzip, but the body is not valid gzip',
  });

const tooLarge = (message: string) => validationError({ code: 'body_too_large', path: '', message });
