/** One row per event as CSV (RFC 4180), with a heading; the last column has a cursor where the reading can go on. */

import type { ScanPage } from '../event-log/scan-resumable.js';
import { toCsvText } from '../http/csv-text.js';
import { type Cell, COLUMNS, type Column } from './columns.js';

/** @param heading not wanted where the rows go on those of an earlier answer */
export async function* csvText(pages: AsyncIterable<ScanPage>, heading: boolean): AsyncGenerator<string> {
  if (heading) yield `${[...COLUMNS.map(({ name }) => name), 'cursor'].join(',')}\r\n`;
  for await (const { batches, cursor } of pages) {
    const rows = batches.flatMap((batch) =>
      batch.events.map((event) =>
        COLUMNS.map((column) => cellText(column, column.get(batch, event))).join(','),
      ),
    );
    const text = rows
      .map((row, index) => `${row},${index === rows.length - 1 ? (cursor ?? '') : ''}\r\n`)
      .join('');
    // Nothing, too, is an answer: that the reading has begun, and goes on.
    yield text;
  }
}

function cellText({ type }: Column, value: Cell): string {
  if (value === undefined) return '';
  if (type === 'time') return new Date(Number(value)).toISOString();
  if (type !== 'text') return String(value);
  return toCsvText(String(value));
}
