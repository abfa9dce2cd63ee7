/** SQLite as two modules have it: Node's own, from 22.16, or `libsql`. */
import { createRequire } from 'node:module';

export type SqlValue = null | number | string | Uint8Array;
/** Bytes are a `Uint8Array` in one and an `ArrayBuffer` in the other: read them with `toBuffer`. */
export type Row = Record<string, unknown>;

export interface Statement {
  run(...values: SqlValue[]): { changes: number | bigint };
  get(...values: SqlValue[]): Row | undefined;
  all(...values: SqlValue[]): Row[];
}

export interface Connection {
  exec(sql: string): void;
  prepare(sql: string): Statement;
  close(): void;
}

export interface OpenOptions {
  /** Never writes, and so never moves the write-ahead log into the file. */
  readOnly?: boolean;
}

type Open = (file: string, options: OpenOptions) => Connection;

/** Where `setReturnArrays` and the rest of its API are. */
const FIRST_NODE = [22, 16] as const;

let chosen: Open | undefined;

/** Throws where neither module is there, with what to do. */
export function openConnection(file: string, options: OpenOptions = {}): Connection {
  chosen ??= ownModule() ?? libsql();
  return chosen(file, options);
}

interface OwnModule {
  DatabaseSync: new (file: string, options: { readOnly: boolean }) => Connection;
}

function ownModule(): Open | undefined {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < FIRST_NODE[0] || (major === FIRST_NODE[0] && minor < FIRST_NODE[1])) return undefined;
  const found = process.getBuiltinModule('node:sqlite') as OwnModule | undefined;
  return found && ((file, { readOnly = false }) => new found.DatabaseSync(file, { readOnly }));
}

function libsql(): Open {
  try {
    const Database = createRequire(import.meta.url)('libsql') as new (
      file: string,
      options: { readonly: boolean },
    ) => Connection;
    return (file, { readOnly = false }) => new Database(file, { readonly: readOnly });
  } catch (cause) {
    const remedy = `use Node ${FIRST_NODE.join('.')} or later, or install the package libsql`;
    throw new Error(`Node ${process.versions.node} has no SQLite of its own: ${remedy}`, { cause });
  }
}

/** Bytes of a row, without copying them. */
export function toBuffer(value: unknown): Buffer {
  if (value instanceof ArrayBuffer) return Buffer.from(value);
  if (ArrayBuffer.isView(value)) return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  return Buffer.alloc(0);
}
