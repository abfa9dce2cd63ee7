/** What the SQLite store's tables hold of a site, and the tables set back to it. */
import { openDatabase } from '../../src/storage/sqlite/database.js';
import type { Row, SqlValue } from '../../src/storage/sqlite/driver.js';
import type { BackedUpSite, TableBackup } from './table-backup.js';

const TABLES = ['arrival_days', 'unnumbered_groups', 'user_links', 'rollups', 'segment_parts', 'day_marks'];

export async function backUpFile(path: string, { id }: BackedUpSite): Promise<TableBackup> {
  const database = openDatabase(path);
  const parts = [
    ...TABLES.map((table) => ({ table, where: 'site = ?' })),
    { table: 'batches', where: 'site = (SELECT id FROM sites WHERE name = ?)' },
  ];
  const read = parts.map((part) => ({
    ...part,
    rows: database.sql(`SELECT * FROM ${part.table} WHERE ${part.where}`).all(id),
  }));
  return {
    async restore() {
      database.transaction(() => {
        for (const { table, where, rows } of read) {
          database.sql(`DELETE FROM ${table} WHERE ${where}`).run(id);
          for (const row of rows) insert(table, row);
        }
      });
      forget();
      database.close();
    },
  };

  function insert(table: string, row: Row): void {
    const marks = Object.keys(row).map(() => '?');
    const values = Object.values(row).map((value) =>
      value instanceof ArrayBuffer ? Buffer.from(value) : value,
    );
    database.sql(`INSERT INTO ${table} VALUES (${marks.join(', ')})`).run(...(values as SqlValue[]));
  }

  /** As a process that has just started: what it remembers to have written may be gone. */
  function forget(): void {
    try {
      database.transaction(() => {
        throw new Error('undone');
      });
    } catch {
      // As it shall be.
    }
  }
}
