/**
 * The part of a day's or month's numbers that few questions need, in an item of its own, written before the state that
 * names it. Its name is new at every attempt, so that no other write can ever change what a state has named.
 */
import { randomUUID } from 'node:crypto';
import type { RollupKey, RollupRange, RollupState } from '../rollup-store.js';
import { addBytes, addText, emptyItem, type Item } from './attribute-codec.js';
import { SORT_BETWEEN } from './conditions.js';
import { edgesKey } from './keys.js';
import type { Query } from './query.js';
import type { Write } from './write.js';

const VERSION_DIGITS = 10;

/** By name, as the states have it. */
export type EdgesByName = Map<string, Uint8Array>;

export interface EdgeRows {
  /** Returns the name to be put into the state. */
  put(key: RollupKey, version: number, bytes: Uint8Array): Promise<string>;
  /** Deletes what earlier versions of a state had: no state that can still be put names it. */
  deleteBefore(state: RollupState): Promise<void>;
  ofRange(range: RollupRange, consistent: boolean): Promise<{ found: EdgesByName; readUnits: number }>;
}

type ReadAll = (query: Query) => Promise<{ items: Item[]; readUnits: number }>;

export function createEdgeRows(table: string, write: Write, readAll: ReadAll): EdgeRows {
  const between = (key: Omit<RollupKey, 'start'>, first: string, last: string): Query => ({
    TableName: table,
    KeyConditionExpression: SORT_BETWEEN,
    ExpressionAttributeValues: { ':pk': { S: edgesKey(key) }, ':first': { S: first }, ':last': { S: last } },
  });

  return {
    async put(key, version, bytes) {
      const name = `${toName(key.start, version)}#${randomUUID()}`;
      const item = emptyItem();
      addText(item, 'pk', edgesKey(key));
      addText(item, 'sk', name);
      addBytes(item, 'body', Buffer.from(bytes));
      await write('PutItem', {}, item);
      return name;
    },

    async deleteBefore(state) {
      const last = toName(state.start, state.version);
      const older = between(state, toName(state.start, 0), last);
      const { items } = await readAll({ ...older, ConsistentRead: true, ProjectionExpression: 'sk' });
      for (const { sk } of items) {
        if (sk?.S) await write('DeleteItem', { Key: { pk: { S: edgesKey(state) }, sk } });
      }
    },

    async ofRange(range, consistent) {
      const query = between(range, toName(range.from, 0), toName(range.to, 0));
      const { items, readUnits } = await readAll({ ...query, ConsistentRead: consistent });
      const found = new Map(items.map(({ sk, body }) => [sk?.S ?? '', Buffer.from(body?.B ?? '', 'base64')]));
      return { found, readUnits };
    },
  };
}

/** In the order of start and version. */
const toName = (start: number, version: number): string =>
  `${new Date(start).toISOString()}#${String(version).padStart(VERSION_DIGITS, '0')}`;
