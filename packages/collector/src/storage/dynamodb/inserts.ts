/** Inserts items that must not be there yet: many by one PartiQL call, or one put each where the endpoint has no PartiQL. */

import { MAX_STATEMENTS_BYTES } from '../../budgets.js';
import { LruMap } from '../../cache/lru-map.js';
import { errorCode, isTransient } from '../aws/errors.js';
import { type EncodedItem, toJson } from './attribute-codec.js';
import { IF_ABSENT, insertStatement } from './conditions.js';
import type { Connection } from './connection.js';
import { explain } from './error-hints.js';
import type { UnstampedItem } from './items.js';

/** What became of one item. */
export type InsertResult =
  | { kind: 'inserted'; received_at: number }
  | { kind: 'exists' }
  | { kind: 'transient'; cause: string }
  | { kind: 'failed'; cause: string };

/** Statements that one BatchExecuteStatement takes. */
const STATEMENTS_PER_CALL = 25;
/** Bytes of items that one call carries at most, unless one item alone has more. */
export const BYTES_PER_CALL = 4_000_000;

export interface Inserter {
  /** How many items may go in one call. */
  rowsPerCall(): number;
  /** Writes items of different keys, all stamped with the present time; judges each alone. Never rejects. */
  insert(rows: UnstampedItem[]): Promise<InsertResult[]>;
}

interface StatementReply {
  Error?: { Code?: string; Message?: string };
}

export function inserter(connection: Connection, table: string): Inserter {
  const statements = new LruMap<string>(MAX_STATEMENTS_BYTES);
  let hasPartiql = true;

  async function insert(rows: UnstampedItem[]): Promise<InsertResult[]> {
    if (!hasPartiql) return Promise.all(rows.map(put));
    const stamp = connection.clock.now();
    const body = `{"Statements":[${rows.map((row) => statement(row.stamp(stamp))).join(',')}]}`;
    try {
      const { Responses } = await connection.call<{ Responses?: (StatementReply | null)[] }>(
        'BatchExecuteStatement',
        body,
        stamp,
      );
      return rows.map((_, at) => classify(Responses?.[at], stamp));
    } catch (error) {
      const code = errorCode(error);
      if (code === 'UnknownOperationException') hasPartiql = false;
      else if (!isMalformed(code) || rows.length === 1) return rows.map(() => failure(error));
      // The whole call fails for one bad statement: each alone, the culprit fails alone.
      return (await Promise.all(rows.map((row) => insert([row])))).flat();
    }
  }

  function statement({ names, values }: EncodedItem): string {
    const shape = names.join();
    let start = statements.get(shape);
    if (start === undefined) {
      start = `{"Statement":${JSON.stringify(insertStatement(table, names))},"Parameters":[`;
      statements.set(shape, start, shape.length + start.length);
    }
    return `${start}${values.join(',')}]}`;
  }

  async function put(row: UnstampedItem): Promise<InsertResult> {
    const stamp = connection.clock.now();
    const item = toJson(row.stamp(stamp));
    const body = `{"TableName":"${table}","ConditionExpression":"${IF_ABSENT}","Item":${item}}`;
    try {
      await connection.call('PutItem', body, stamp);
      return { kind: 'inserted', received_at: stamp };
    } catch (error) {
      return errorCode(error) === 'ConditionalCheckFailedException' ? { kind: 'exists' } : failure(error);
    }
  }

  return { insert, rowsPerCall: () => (hasPartiql ? STATEMENTS_PER_CALL : 1) };
}

/** A statement without a reply of its own may have been executed or not. */
function classify(reply: StatementReply | null | undefined, received_at: number): InsertResult {
  if (!reply) return { kind: 'transient', cause: 'the store gave no answer to it' };
  const { Error: error } = reply;
  if (!error) return { kind: 'inserted', received_at };
  const { Code = 'InternalServerError', Message = '' } = error;
  if (Code === 'DuplicateItem' || Code === 'ConditionalCheckFailed') return { kind: 'exists' };
  const cause = explain(Object.assign(new Error(Message), { name: Code }));
  return { kind: isTransient(Code) ? 'transient' : 'failed', cause };
}

function failure(error: unknown): InsertResult {
  return { kind: isTransient(errorCode(error)) ? 'transient' : 'failed', cause: explain(error) };
}

const isMalformed = (code: string) => code === 'ValidationException' || code === 'SerializationException';
