declare module 'dynalite';

declare module 'dynalite/db/index.js' {
  interface KeyPart {
    AttributeName: string;
  }
  export interface Index {
    IndexName: string;
    IndexStatus?: string;
    KeySchema: KeyPart[];
  }
  export interface Table {
    TableName: string;
    TableStatus: string;
    GlobalSecondaryIndexes?: Index[];
    LocalSecondaryIndexes?: Index[];
  }
  export type Item = Record<string, Record<string, unknown>>;
  export type Operation = { type: 'put'; key: string; value: unknown } | { type: 'del'; key: string };
  export interface Level {
    open(): Promise<void>;
    close(): Promise<void>;
    getMany(keys: string[]): Promise<unknown[]>;
    iterator(range: { gte: string; lt: string }): AsyncIterable<[string, unknown]>;
    values(range?: object): { next(): Promise<unknown>; close(): Promise<void> };
    createValueStream(range: object): AsyncIterable<unknown>;
    batch(operations: Operation[]): Promise<void>;
  }
  export function create(options: { path?: string }): { db: Level };
  export function createKey(item: Item, table: Table): string;
  export function getIndexActions(
    indexes: Index[],
    existing: Item | null,
    item: Item,
    table: Table,
  ): { puts: { key: string; item: Item }[] };
}
