/** Whether the store can be used: asked as it will be asked, for keys that are never there. */
import { retryTransient } from '../aws/retry.js';
import { ARRIVED_BETWEEN } from './conditions.js';
import type { Connection } from './connection.js';
import { unavailable } from './reads.js';

const NOTHING = { ':pk': { S: '#' }, ':first': { N: '0' }, ':last': { N: '0' } };

export async function ping(connection: Connection, eventsTable: string, rollupsTable: string): Promise<void> {
  const arrivals = {
    TableName: eventsTable,
    IndexName: 'arrivals',
    KeyConditionExpression: ARRIVED_BETWEEN,
    ExpressionAttributeValues: NOTHING,
    Limit: 1,
  };
  const number = { TableName: rollupsTable, Key: { pk: { S: '#' }, sk: { S: '#' } } };
  try {
    await Promise.all([
      retryTransient(() => connection.call('Query', JSON.stringify(arrivals))),
      retryTransient(() => connection.call('GetItem', JSON.stringify(number))),
    ]);
  } catch (error) {
    throw unavailable(error);
  }
}
