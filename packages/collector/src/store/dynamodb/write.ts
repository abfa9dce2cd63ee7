/** Single writes, told apart from those whose condition does not hold. */

import { patiently } from '../aws/backoff.js';
import { errorCode } from '../aws/errors.js';
import { type EncodedItem, toJson } from './attributes.js';
import { IF_ABSENT, IF_VERSION } from './conditions.js';
import type { Connection } from './connection.js';
import { unavailable } from './reads.js';

const LOST = 'ConditionalCheckFailedException';

/** Writes once the store admits it; false where the condition does not hold. */
export type Write = (
  operation: 'PutItem' | 'DeleteItem',
  body: object,
  item?: EncodedItem,
) => Promise<boolean>;

export function writer(connection: Connection, table: string): Write {
  return async (operation, body, item) => {
    const rest = JSON.stringify({ TableName: table, ...body });
    const json = item ? `{"Item":${toJson(item)},${rest.slice(1)}` : rest;
    try {
      await patiently(() => connection.call(operation, json));
      return true;
    } catch (error) {
      if (errorCode(error) === LOST) return false;
      throw unavailable(error);
    }
  };
}

/** A put of the version after the one that was read: of the first, where there is none. */
export async function putVersion(write: Write, item: EncodedItem, version: number): Promise<boolean> {
  if (version === 1) return write('PutItem', { ConditionExpression: IF_ABSENT }, item);
  return write(
    'PutItem',
    {
      ConditionExpression: IF_VERSION,
      ExpressionAttributeNames: { '#version': 'version' },
      ExpressionAttributeValues: { ':before': { N: String(version - 1) } },
    },
    item,
  );
}
