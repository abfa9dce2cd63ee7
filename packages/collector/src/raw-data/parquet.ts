/** One row per event as Parquet, row group by row group: what Athena, DuckDB and ClickHouse read. */

import type { ScanPage } from '../event-log/scan-resumable.js';
import { type Cell, COLUMNS, type ColumnType } from './columns.js';

/** Rows held in memory until their group is written; some 10 MB. */
const GROUP_ROWS = 10_000;

const TYPES: Record<ColumnType, object> = {
  text: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
  time: { type: 'INT64', converted_type: 'TIMESTAMP_MILLIS' },
  integer: { type: 'INT64' },
  number: { type: 'DOUBLE' },
  flag: { type: 'BOOLEAN' },
};

const VALUES: Record<ColumnType, (value: Cell) => unknown> = {
  text: String,
  time: (value) => BigInt(Number(value)),
  integer: (value) => BigInt(Number(value)),
  number: Number,
  flag: Boolean,
};

/** The library is loaded by the first export alone. */
export async function* parquetBytes(pages: AsyncIterable<ScanPage>): AsyncGenerator<Uint8Array> {
  const { ByteWriter, ParquetWriter } = await import('hyparquet-writer');
  const bytes = new ByteWriter();
  const writer = new ParquetWriter({
    writer: bytes,
    schema: [
      { name: 'root', num_children: COLUMNS.length },
      ...COLUMNS.map(({ name, type }) => ({ name, repetition_type: 'OPTIONAL' as const, ...TYPES[type] })),
    ],
    createdBy: 'LiveInsight',
  });
  /** What was written since the last call; positions in the file go on. */
  const take = (): Uint8Array => {
    const part = bytes.getBytes().slice();
    bytes.index = 0;
    return part;
  };
  let columns = emptyColumns();
  let rows = 0;
  // Awaited, though writing to memory ends at once today: another version of the library may not.
  const writeGroup = async (): Promise<Uint8Array> => {
    const columnData = COLUMNS.map(({ name }, index) => ({ name, data: columns[index] ?? [] }));
    await writer.write({ columnData, rowGroupSize: rows });
    columns = emptyColumns();
    rows = 0;
    return take();
  };
  for await (const { batches } of pages) {
    for (const batch of batches) {
      for (const event of batch.events) {
        COLUMNS.forEach(({ type, get }, index) => {
          const cell = get(batch, event);
          columns[index]?.push(cell === undefined ? null : VALUES[type](cell));
        });
        rows += 1;
      }
      if (rows >= GROUP_ROWS) yield await writeGroup();
    }
  }
  if (rows > 0) yield await writeGroup();
  await writer.finish();
  yield take();
}

const emptyColumns = (): unknown[][] => COLUMNS.map(() => []);
