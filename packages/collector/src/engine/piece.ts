/** What a chunk is counted by. */
import type { ChunkTables } from './chunk-tables.js';
import type { CounterList } from './counter-list.js';
import type { NumbersBucket } from './numbers.js';
import type { Payment } from './payments.js';

/** Events of one context that arrived within the same five minutes, where these are told apart. */
export interface Piece {
  context: number;
  /** Five minutes since 1970; 0 where all of the chunk count in one bucket. */
  slot: number;
  bucket: NumbersBucket;
  tables: ChunkTables;
  sum: CounterList;
  payments: Payment[];
  /** Whether a view has no ordinal. */
  isUnnumbered: boolean;
}

export const NO_PAYMENT: Payment[] = [];
export const NO_PAYMENTS: ReadonlyMap<number, Payment[]> = new Map();
