/** A site's raw events over a range, in the format that is wanted, as they are read: bounded memory at any length. */
import { EXPORT_PART_BYTES } from '../budgets.js';
import { type ScanOptions, type ScanPage, scanResumable } from '../event-log/scan-resumable.js';
import type { ResolvedSite } from '../sites/site-registry.js';
import type { Store } from '../storage/event-store.js';
import { csvText } from './csv.js';
import { ndjsonText } from './ndjson.js';
import { parquetBytes } from './parquet.js';

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
  site: ResolvedSite,
  format: ExportFormat,
  options: ScanOptions,
): AsyncGenerator<Uint8Array> {
  yield* encodePages(scanResumable(store, site, options), format, options.after === undefined);
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

export interface Part {
  body: Uint8Array;
  /** Where to go on; undefined at the end. The last row has it, too, if there is any. */
  cursor: string | undefined;
}

/** The first of these pages as one body: up to the one that reaches a size, or after which the time is over. */
export async function exportPart(
  pages: AsyncIterable<ScanPage>,
  format: ExportFormat,
  { first, withinMs }: { first: boolean; withinMs: number },
): Promise<Part> {
  const until = Date.now() + withinMs;
  const parts: Uint8Array[] = [];
  let length = 0;
  let cursor: string | undefined;
  async function* untilThen(): AsyncGenerator<ScanPage> {
    for await (const page of pages) {
      cursor = page.cursor;
      yield page;
      if (length >= EXPORT_PART_BYTES || Date.now() >= until) return;
    }
  }
  for await (const part of encodePages(untilThen(), format, first)) {
    parts.push(part);
    length += part.length;
  }
  return { body: Buffer.concat(parts), cursor };
}

/** A stream begins after this long at the latest, with nothing to be told yet: proxies and clients wait for no longer. */
const BEGIN_WITHIN_MS = 1_000;

/** A stream that reads on only as fast as it is read. Rejects where not even its beginning can be had. */
export async function toStream(
  bytes: AsyncGenerator<Uint8Array>,
  signal?: AbortSignal,
): Promise<ReadableStream<Uint8Array>> {
  const until = Date.now() + BEGIN_WITHIN_MS;
  let first: IteratorResult<Uint8Array> | undefined = await bytes.next();
  while (isEmpty(first) && Date.now() < until) first = await bytes.next();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        let part = signal?.aborted ? await bytes.return(undefined) : (first ?? (await bytes.next()));
        first = undefined;
        while (isEmpty(part)) part = signal?.aborted ? await bytes.return(undefined) : await bytes.next();
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

const isEmpty = (part: IteratorResult<Uint8Array>): boolean => !part.done && part.value.length === 0;
