/**
 * Brings a database into order that was not closed. dynalite writes an item's entries of the indexes first and the item
 * after them: where it was killed in between, the log in order of arrival has a batch that is not stored, its sender
 * sends it again, and it would count twice.
 */
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Item, Level, Operation, Table } from 'dynalite/db/index.js';

/** Written when the database was closed: what files it had then. Whatever writes to it after that changes them. */
const MARK = 'closed.json';
const CHUNK_ITEMS = 500;

/** Rejects where another process has the database open (`cause.code` is `LEVEL_LOCKED`), or it can't be read. */
export async function openRepaired(path: string): Promise<void> {
  const isClean = readMark(path) === listFiles(path);
  const { create } = await import('dynalite/db/index.js');
  const { db } = create({ path });
  await db.open().catch((error: unknown) => {
    throw isLocked(error) ? new Error(inUse(path), { cause: error.cause }) : error;
  });
  try {
    rmSync(join(path, MARK), { force: true });
    if (!isClean) await repair(db);
  } finally {
    await db.close();
  }
}

const isLocked = (error: unknown): error is { cause: unknown } =>
  error instanceof Error &&
  error.cause instanceof Error &&
  'code' in error.cause &&
  error.cause.code === 'LEVEL_LOCKED';

const inUse = (path: string) =>
  `the data in ${path} are in use by another process: stop that one, or give this one a path of its own`;

/** To be called when the database is closed: it need not be looked through when it is opened again. */
export function markClosed(path: string): void {
  writeFileSync(join(path, MARK), listFiles(path), { mode: 0o600 });
}

function readMark(path: string): string | undefined {
  try {
    return readFileSync(join(path, MARK), 'utf8');
  } catch {
    return undefined;
  }
}

/** Names and sizes of LevelDB's own files of data. */
function listFiles(path: string): string {
  const names = readdirSync(path).filter((name) => /^(CURRENT|MANIFEST-\d+|\d+\.\w+)$/.test(name));
  return JSON.stringify(names.sort().map((name) => [name, statSync(join(path, name)).size]));
}

async function repair(db: Level): Promise<void> {
  for await (const chunk of chunks(db, 'table~')) {
    for (const [key, value] of chunk) {
      const table = value as Table;
      await repairTable(db, table);
      // It was killed at once after it had begun to make it.
      if (table.TableStatus === 'CREATING') await db.batch([{ type: 'put', key, value: active(table) }]);
    }
  }
}

const active = (table: Table): Table => ({
  ...table,
  TableStatus: 'ACTIVE',
  ...(table.GlobalSecondaryIndexes && {
    GlobalSecondaryIndexes: table.GlobalSecondaryIndexes.map((index) => ({
      ...index,
      IndexStatus: 'ACTIVE',
    })),
  }),
});

/** What the items say is so: entries of the indexes that no item has are removed, and those that an item lacks are added. */
async function repairTable(db: Level, table: Table): Promise<void> {
  const { createKey, getIndexActions } = await import('dynalite/db/index.js');
  const itemPrefix = `item-${table.TableName}~`;
  const indexes = [
    ...(table.GlobalSecondaryIndexes ?? []).map((index) => ({ index, type: 'global' })),
    ...(table.LocalSecondaryIndexes ?? []).map((index) => ({ index, type: 'local' })),
  ];
  for (const { index, type } of indexes) {
    const prefix = `index-${type}~${table.TableName}~${index.IndexName}~`;
    /** Entries that the item has in this index, by their whole key. */
    const listEntries = (item: Item) =>
      getIndexActions([index], null, item, table).puts.map((put) => ({ ...put, key: prefix + put.key }));

    for await (const chunk of chunks(db, prefix)) {
      const items = await db.getMany(chunk.map(([, entry]) => itemPrefix + createKey(entry as Item, table)));
      await apply(
        db,
        chunk.flatMap(([key], at) => {
          const item = items[at] as Item | undefined;
          return item && listEntries(item).some((entry) => entry.key === key) ? [] : [{ type: 'del', key }];
        }),
      );
    }
    for await (const chunk of chunks(db, itemPrefix)) {
      const wanted = chunk.flatMap(([, item]) => listEntries(item as Item));
      const found = await db.getMany(wanted.map(({ key }) => key));
      await apply(
        db,
        wanted.flatMap(({ key, item }, at) =>
          JSON.stringify(found[at]) === JSON.stringify(item) ? [] : [{ type: 'put', key, value: item }],
        ),
      );
    }
  }
}

async function apply(db: Level, operations: Operation[]): Promise<void> {
  if (operations.length > 0) await db.batch(operations);
}

async function* chunks(db: Level, prefix: string): AsyncGenerator<[string, unknown][]> {
  let chunk: [string, unknown][] = [];
  // Keys behind the prefix begin with a letter or a digit.
  for await (const entry of db.iterator({ gte: prefix, lt: `${prefix}\u00ff` })) {
    chunk.push(entry);
    if (chunk.length < CHUNK_ITEMS) continue;
    yield chunk;
    chunk = [];
  }
  if (chunk.length > 0) yield chunk;
}
