/** Titles, click targets and links: for kinds of events that have them. */
import type { DetailColumns, EventColumns, TextColumn } from '../chunk.js';
import type { GroupReader } from './group-reader.js';
import type { GroupWriter } from './group-writer.js';
import { readIntegers, writeIntegers } from './integer-column.js';
import { readKinds, writeKinds } from './kind-rows.js';
import { readValues, writeValues } from './text-values.js';

export function writeDetails(writer: GroupWriter, event: EventColumns, detail: DetailColumns): void {
  for (const column of [detail.title, detail.clickTarget, detail.link]) writeByPage(writer, event, column);
}

export function readDetails(reader: GroupReader, event: EventColumns): DetailColumns {
  return {
    title: readByPage(reader, event),
    clickTarget: readByPage(reader, event),
    link: readByPage(reader, event),
  };
}

/** 0 for the value that the page had at the event before it, as titles have, else one more than the code. */
function writeByPage(writer: GroupWriter, event: EventColumns, { codes, values }: TextColumn): void {
  writeValues(writer, values);
  const rows = writeKinds(writer, event, (row) => codes[row] !== 0);
  const last = new Uint16Array(event.page.values.length);
  writeIntegers(
    writer,
    rows.map((row) => {
      const [page = 0, code = 0] = [event.page.codes[row], codes[row]];
      const isAsBefore = last[page] === code;
      last[page] = code;
      return isAsBefore ? 0 : code + 1;
    }),
  );
}

function readByPage(reader: GroupReader, event: EventColumns): TextColumn {
  const values = readValues(reader);
  const codes = new Uint16Array(event.count);
  const rows = readKinds(reader, event);
  const steps = readIntegers(reader, new Uint16Array(rows.length), values.length);
  const last = new Uint16Array(event.page.values.length);
  for (let index = 0; index < rows.length; index += 1) {
    const row = rows[index] ?? 0;
    const page = event.page.codes[row] ?? 0;
    const step = steps[index] ?? 0;
    if (step > 0) last[page] = step - 1;
    codes[row] = last[page] ?? 0;
  }
  return { codes, values };
}
