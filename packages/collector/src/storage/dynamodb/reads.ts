/** What is read back: by key, strongly consistent; by arrival, as the index has it. */

import { MAX_SESSION_BYTES } from '../../budgets.js';
import { retryTransient } from '../aws/retry.js';
import type {
  ReadOptions,
  SessionItem,
  SessionItemsPage,
  SessionPage,
  SessionPageOptions,
  SessionReadOptions,
  StoredBatch,
} from '../event-store.js';
import { StoreUnavailableError } from '../event-store.js';
import { arrivalsReader } from './arrivals.js';
import type { Item } from './attribute-codec.js';
import { PARTITION, SORT_AFTER, SORT_BETWEEN, SORT_FROM } from './conditions.js';
import type { Connection } from './connection.js';
import { decodeOrName, decodePage } from './decode-page.js';
import { explain } from './error-hints.js';
import { decodeEvents } from './items.js';
import { activeKey, chainBounds, sessionKey, unnumberedKey, unnumberedName, userKey } from './keys.js';
import type { Query, QueryReply } from './query.js';

/** Items of a session that are read at a time where all of them are wanted. */
const ITEMS_PER_PAGE = 50;

export interface Get {
  TableName: string;
  Key: Item;
  ConsistentRead?: boolean;
}

/** Reads one item by its name, if it is there. */
export type GetItem = (get: Get) => Promise<{ item: Item | undefined; readUnits: number }>;

export function createGet(connection: Connection): GetItem {
  return async (get) => {
    const body = JSON.stringify({ ...get, ReturnConsumedCapacity: 'TOTAL' });
    try {
      const { Item, ConsumedCapacity } = await retryTransient(() =>
        connection.call<GetReply>('GetItem', body),
      );
      return { item: Item, readUnits: ConsumedCapacity?.CapacityUnits ?? 0 };
    } catch (error) {
      throw unavailable(error);
    }
  };
}

interface GetReply {
  Item?: Item;
  ConsumedCapacity?: { CapacityUnits?: number };
}

export function reads(connection: Connection, eventsTable: string, rollupsTable: string) {
  async function page(query: Query): Promise<QueryReply> {
    try {
      return await retryTransient(() => connection.call<QueryReply>('Query', JSON.stringify(query)));
    } catch (error) {
      throw unavailable(error);
    }
  }

  async function all(query: Query): Promise<Item[]> {
    const { Limit = Number.POSITIVE_INFINITY } = query;
    const items: Item[] = [];
    let from: Item | undefined;
    do {
      const { Items, LastEvaluatedKey } = await page({
        ...query,
        ...(from ? { ExclusiveStartKey: from } : {}),
      });
      items.push(...Items);
      from = LastEvaluatedKey;
    } while (from && items.length < Limit);
    return items.slice(0, Limit);
  }

  const unexpired = ({ expires_at }: { expires_at: number }) => expires_at * 1000 > connection.clock.now();
  const unexpiredItem = (item: Item) => unexpired({ expires_at: Number(item.expires_at?.N) });
  const sortKeys = (items: Item[], { expired = false }: ReadOptions = {}) =>
    items.filter((item) => expired || unexpiredItem(item)).map(({ sk }) => sk?.S ?? '');

  return {
    page,
    all,

    chain({ site, session_id, batch }: { site: string; session_id: string; batch: string }): Promise<Item[]> {
      const [first, last] = chainBounds(batch);
      return all({
        TableName: eventsTable,
        KeyConditionExpression: SORT_BETWEEN,
        ExpressionAttributeValues: {
          ':pk': { S: sessionKey(site, session_id) },
          ':first': { S: first },
          ':last': { S: last },
        },
        ConsistentRead: true,
      });
    },

    arrivals: arrivalsReader(page, { table: eventsTable, isUnexpired: unexpired }),

    async session(
      site: string,
      sessionId: string,
      { expired = false, limit }: SessionReadOptions = {},
    ): Promise<StoredBatch[]> {
      const items = await all({
        TableName: eventsTable,
        KeyConditionExpression: PARTITION,
        ExpressionAttributeValues: { ':pk': { S: sessionKey(site, sessionId) } },
        ConsistentRead: true,
        ...(limit === undefined ? {} : { Limit: limit, ScanIndexForward: false }),
      });
      const left = items.filter((item) => expired || unexpiredItem(item));
      const batches = expired ? left.map(decodeOrName) : (await decodePage(left, MAX_SESSION_BYTES)).batches;
      return batches.sort((a, b) => a.received_at - b.received_at);
    },

    async visitSession(
      site: string,
      sessionId: string,
      visit: (batch: StoredBatch, bytes: number) => boolean,
    ): Promise<void> {
      const query = { ...partition(eventsTable, sessionKey(site, sessionId)), Limit: ITEMS_PER_PAGE };
      let from: Item | undefined;
      do {
        const start = from ? { ExclusiveStartKey: from } : {};
        const { Items, LastEvaluatedKey } = await page({ ...query, ...start });
        for (const item of Items.filter(unexpiredItem)) {
          const { batches, bytes } = await decodePage([item]);
          if (batches[0] && !visit(batches[0], bytes)) return;
        }
        from = LastEvaluatedKey;
      } while (from);
    },

    async sessionItems(site: string, sessionId: string, after?: string): Promise<SessionItemsPage> {
      const pk = sessionKey(site, sessionId);
      const { Items, LastEvaluatedKey } = await page({
        ...partition(eventsTable, pk),
        Limit: ITEMS_PER_PAGE,
        ...(after === undefined ? {} : { ExclusiveStartKey: { pk: { S: pk }, sk: { S: after } } }),
      });
      const next = LastEvaluatedKey?.sk?.S;
      return { items: Items.map(sessionItem), ...(next === undefined ? {} : { next }) };
    },

    async sessionPage(
      site: string,
      sessionId: string,
      { limit, after }: SessionPageOptions,
    ): Promise<SessionPage> {
      const { Items, LastEvaluatedKey } = await page({
        TableName: eventsTable,
        KeyConditionExpression: after === undefined ? PARTITION : SORT_AFTER,
        ExpressionAttributeValues: {
          ':pk': { S: sessionKey(site, sessionId) },
          ...(after === undefined ? {} : { ':after': { S: after } }),
        },
        ConsistentRead: true,
        Limit: limit,
      });
      const { batches, items } = await decodePage(Items);
      const last = items < Items.length ? Items[items - 1] : LastEvaluatedKey;
      const next = last?.sk?.S;
      const left = batches.filter(unexpired);
      return next === undefined ? { batches: left } : { batches: left, next };
    },

    async sessionsOfUser(
      site: string,
      userId: string,
      { limit, ...options }: ReadOptions & { limit?: number } = {},
    ): Promise<string[]> {
      const query = partition(eventsTable, userKey(site, userId));
      return sortKeys(await all(limit === undefined ? query : { ...query, Limit: limit }), options);
    },

    async unnumberedGroups(site: string, fromDay: string): Promise<Set<string>> {
      const items = await all({
        TableName: rollupsTable,
        KeyConditionExpression: SORT_FROM,
        ExpressionAttributeValues: {
          ':pk': { S: unnumberedKey(site) },
          ':first': { S: unnumberedName(fromDay) },
        },
        ConsistentRead: true,
      });
      return new Set(items.map(({ sk }) => sk?.S?.split('#')[1] ?? ''));
    },

    async activeSites(day: string): Promise<string[]> {
      return sortKeys(await all(partition(rollupsTable, activeKey(day))));
    },
  };
}

/** Without keeping its content: many of a session together may be large once they are read. */
function sessionItem(item: Item): SessionItem {
  return {
    batch: item.sk?.S ?? '',
    received_at: Number(item.received_at?.N),
    events: countEvents(item),
    ...(item.user_id?.S === undefined ? {} : { user_id: item.user_id.S }),
  };
}

function countEvents(item: Item): number {
  try {
    return decodeEvents(item).length;
  } catch {
    // What cannot be read is deleted all the same.
    return 0;
  }
}

const partition = (table: string, key: string): Query => ({
  TableName: table,
  KeyConditionExpression: PARTITION,
  ExpressionAttributeValues: { ':pk': { S: key } },
  ConsistentRead: true,
});

/** The error that callers of the port know. */
export function unavailable(error: unknown): StoreUnavailableError {
  return new StoreUnavailableError(explain(error), { cause: error });
}
