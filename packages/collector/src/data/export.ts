/** A site's raw events over a range, in the format that is wanted, as they are read: bounded memory at any length. */
import type { KnownSite } from '../site/sites.js';
import type { Store } from '../store/store.js';
import { csvText } from './csv.js';
import { ndjsonText } from './ndjson.js';
import { parquetBytes } from './parquet.js';
import { type ScanOptions, type ScanPage, scan } from './scan.js';

export const EXPORT_FORMATS = ['ndjson', 'csv', 'parquet'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

export const CONTENT_TYPES: Record<ExportFormat, string> = {
  ndjson: 'application/x-ndjson; charset=utf-8',
  csv: 'text/csv; charset=utf-8',
  parquet: 'application/vnd.apache.parquet',
};

/** The export's bytes. Ending the iteration early ends the reading. */
export async function* exportBytes(
  store: Store,
  site: KnownSite,
  format: ExportFormat,
  options: ScanOptions,
): AsyncGenerator<Uint8Array> {
  yield* encodePages(scan(store, site, options), format, options.after === undefined);
}

/** @param first whether nothing of the same export came before these pages */
export async function* encodePages(
  pages: AsyncIterable<ScanPage>,
  format: ExportFormat,
  first: boolean,
): AsyncGenerator<Uint8Array> {
  if (format === 'parquet') return yield* parquetBytes(pages);
  for await (const text of format === 'csv' ? csvText(pages, first) : ndjsonText(pages)) {
    yield Buffer.from(text);
  }
}

/** The first bytes of an export, up to the end of the page in which they reach a size; its last row says how to go on. */
export async function exportPart(
  store: Store,
  site: KnownSite,
  format: ExportFormat,
  options: ScanOptions,
  leastBytes: number,
): Promise<Uint8Array> {
  return joined(exportBytes(store, site, format, options), leastBytes);
}

/** All bytes in one, or the first parts that make up so many. */
export async function joined(
  bytes: AsyncIterable<Uint8Array>,
  leastBytes = Number.POSITIVE_INFINITY,
): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of bytes) {
    parts.push(part);
    length += part.length;
    if (length >= leastBytes) break;
  }
  return Buffer.concat(parts);
}

/** A stream that reads on only as fast as it is read. Rejects where not even its beginning can be had. */
export async function toStream(
  bytes: AsyncGenerator<Uint8Array>,
  signal?: AbortSignal,
): Promise<ReadableStream<Uint8Array>> {
  let first: IteratorResult<Uint8Array> | undefined = await bytes.next();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const part = signal?.aborted ? await bytes.return(undefined) : (first ?? (await bytes.next()));
        first = undefined;
        if (part.done) controller.close();
        else controller.enqueue(part.value);
      },
      async cancel() {
        await bytes.return(undefined);
      },
    },
    { highWaterMark: 0 },
  );
}
