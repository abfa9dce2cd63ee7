/** Files served beside the API, each ready in memory with its ETag and its compressed form. */
import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { chooseCoding } from './accept-encoding.js';
import { isCurrent } from './etag.js';
import type { CollectorReply, CollectorRequest } from './request.js';
import { file, notModified } from './responses.js';

/** Below this compression gains nothing on the wire. */
const MIN_BYTES_TO_COMPRESS = 1_000;
const TEXTUAL = /^(text\/|application\/(javascript|json|manifest)|image\/svg)/;

export interface Asset {
  /** First characters of the content's hash: in a URL they make it one that never changes. */
  hash: string;
  serve(request: CollectorRequest, cacheControl: string): CollectorReply;
}

export function createAsset(
  content: string | Uint8Array,
  contentType: string,
  more: Record<string, string> = {},
): Asset {
  const plain = typeof content === 'string' ? Buffer.from(content) : content;
  const hash = createHash('sha256').update(plain).digest('base64url').slice(0, 16);
  const zipped =
    plain.length >= MIN_BYTES_TO_COMPRESS && TEXTUAL.test(contentType)
      ? gzipSync(plain, { level: 9 })
      : undefined;

  return {
    hash,
    serve(request, cacheControl) {
      const zip =
        zipped !== undefined && chooseCoding(request.header('accept-encoding'), ['gzip']) === 'gzip';
      const headers: Record<string, string> = {
        // A strong ETag names one sequence of bytes, so the compressed form has its own.
        etag: `"${hash}${zip ? '-gzip' : ''}"`,
        'cache-control': cacheControl,
        ...(zipped ? { vary: 'Accept-Encoding' } : {}),
        ...more,
      };
      if (isCurrent(request.header('if-none-match'), `"${hash}"`, `"${hash}-gzip"`))
        return notModified(headers);
      return file(zip ? zipped : plain, {
        'content-type': contentType,
        ...(zip ? { 'content-encoding': 'gzip' } : {}),
        ...headers,
      });
    },
  };
}
