/** Single writes, told apart from those whose condition does not hold. */

import { isDeepStrictEqual } from 'node:util';
import { errorCode, mayBeExecuted } from '../aws/errors.js';
import { retryTransient } from '../aws/retry.js';
import { type EncodedItem, type Item, toJson } from './attribute-codec.js';
import { IF_ABSENT, IF_VERSION, ONE_ITEM } from './conditions.js';
import type { Connection } from './connection.js';
import type { QueryReply } from './query.js';
import { unavailable } from './reads.js';

const LOST = 'ConditionalCheckFailedException';

/** Writes once the store admits it; false where the condition does not hold. */
export type Write = (
  operation: 'PutItem' | 'DeleteItem',
  body: object,
  item?: EncodedItem,
  options?: {
    /**
     * Whether a put whose condition does not hold is looked for: an attempt before whose answer was lost may have been
     * executed. For items that no other writer would write the same. Default false.
     */
    findOwn?: boolean;
  },
) => Promise<boolean>;

export function writer(connection: Connection, table: string): Write {
  /** Whether the very item is there. */
  async function isThere(json: string): Promise<boolean> {
    const item: Item = JSON.parse(json);
    const query = JSON.stringify({
      TableName: table,
      KeyConditionExpression: ONE_ITEM,
      ExpressionAttributeValues: { ':pk': item.pk, ':sk': item.sk },
      ConsistentRead: true,
    });
    try {
      const { Items } = await retryTransient(() => connection.call<QueryReply>('Query', query));
      return isDeepStrictEqual(Items[0], item);
    } catch (error) {
      throw unavailable(error);
    }
  }

  return async (operation, body, item, { findOwn = false } = {}) => {
    const rest = JSON.stringify({ TableName: table, ...body });
    const itemJson = item && toJson(item);
    const json = itemJson ? `{"Item":${itemJson},${rest.slice(1)}` : rest;
    let mayBeDone = false;
    const attempt = () =>
      connection.call(operation, json).catch((error: unknown) => {
        mayBeDone ||= mayBeExecuted(error);
        throw error;
      });
    try {
      await retryTransient(attempt);
      return true;
    } catch (error) {
      if (errorCode(error) !== LOST) throw unavailable(error);
      // What is gone since an attempt whose answer was lost was deleted by it, as far as anybody can tell.
      if (!mayBeDone || operation === 'DeleteItem') return mayBeDone;
      return findOwn && itemJson !== undefined && isThere(itemJson);
    }
  };
}

/** A put of the version after the one that was read: of the first, where there is none. */
export async function putVersion(write: Write, item: EncodedItem, version: number): Promise<boolean> {
  if (version === 1) return write('PutItem', { ConditionExpression: IF_ABSENT }, item, { findOwn: true });
  return write(
    'PutItem',
    {
      ConditionExpression: IF_VERSION,
      ExpressionAttributeNames: { '#version': 'version' },
      ExpressionAttributeValues: { ':before': { N: String(version - 1) } },
    },
    item,
    { findOwn: true },
  );
}
