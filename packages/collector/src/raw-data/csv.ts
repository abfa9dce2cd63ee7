/** One row per event as CSV (RFC 4180), with a heading; the last column has a cursor where the reading can go on. */

import type { ScanPage } from '../event-log/scan-resumable.js';
import { type Cell, COLUMNS, type Column } from './columns.js';

/** A spreadsheet would run what begins so as a formula, and visitors choose what these texts are. Some fold widths first. */
const FORMULA = /[=+\-@＝＋－＠]/;
/** Not seen, and left out by some before they look for a formula. */
const BLANK = /[\s\p{Cc}\p{Cf}]/u;
/** Where another cell begins for a spreadsheet that takes semicolons or tabs as separators, whatever quotes say. */
const SEPARATOR = /[;\t\r\n]/;
const SPECIAL = /[",\r\n]/;

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
  const text = withoutFormulas(String(value));
  return SPECIAL.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** With an apostrophe before each formula: a spreadsheet then takes the cell as text. */
function withoutFormulas(text: string): string {
  if (!FORMULA.test(text)) return text;
  let safe = '';
  let isStart = true;
  for (const char of text) {
    if (isStart && FORMULA.test(char)) safe += "'";
    isStart = SEPARATOR.test(char) || (isStart && BLANK.test(char));
    safe += char;
  }
  return safe;
}
