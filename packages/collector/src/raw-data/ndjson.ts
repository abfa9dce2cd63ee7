/** One wire batch per line; the last line of a page has a `cursor` where the reading can go on. */

import type { ScanPage } from '../event-log/scan-resumable.js';
import { exportLine } from './export-line.js';

export async function* ndjsonText(pages: AsyncIterable<ScanPage>): AsyncGenerator<string> {
  for await (const { batches, cursor } of pages) {
    const last = batches.length - 1;
    const text = batches
      .map((batch, index) => `${JSON.stringify(exportLine(batch, index === last ? cursor : undefined))}\n`)
      .join('');
    // Nothing, too, is an answer: that the reading has begun, and goes on.
    yield text;
  }
}
