/** Pages of the log by arrival, as the index has them. */

import type { ArrivalsPage, ArrivalsQuery, StoredBatch } from '../event-store.js';
import { ARRIVED_BETWEEN, NAMES, OF_VISITOR } from './conditions.js';
import { decodeOrName, decodePage } from './decode-page.js';
import { nameOfItem } from './items.js';
import { arrivalsKey } from './keys.js';
import { continueFrom, toNext } from './log-cursor.js';
import type { Query, QueryReply } from './query.js';

export interface ArrivalsSource {
  table: string;
  isUnexpired: (item: Pick<StoredBatch, 'expires_at'>) => boolean;
}

type ReadPage = (query: ArrivalsQuery) => Promise<ArrivalsPage>;

export function arrivalsReader(
  page: (query: Query) => Promise<QueryReply>,
  { table, isUnexpired }: ArrivalsSource,
): ReadPage {
  /** Items of the index, and how many the page before had asked for. */
  async function readItems(query: ArrivalsQuery, names: { ProjectionExpression?: string } = {}) {
    const { site, day, shard, limit, newestFirst = false, visitor_id, after } = query;
    const from = after === undefined ? undefined : continueFrom(after, query);
    const reply = await page({
      TableName: table,
      IndexName: 'arrivals',
      KeyConditionExpression: ARRIVED_BETWEEN,
      ExpressionAttributeValues: {
        ':pk': { S: arrivalsKey(site, day, shard) },
        ':first': { N: String(Math.ceil(query.from)) },
        ':last': { N: String(Math.ceil(query.to) - 1) },
        ...(visitor_id === undefined ? {} : { ':visitor_id': { S: visitor_id } }),
      },
      ...(visitor_id === undefined ? {} : { FilterExpression: OF_VISITOR }),
      ...names,
      ScanIndexForward: !newestFirst,
      Limit: Math.min(limit, from?.items ?? limit),
      ReturnConsumedCapacity: 'TOTAL',
      ...(from === undefined ? {} : { ExclusiveStartKey: from.key }),
    });
    return { ...reply, readUnits: reply.ConsumedCapacity?.CapacityUnits ?? 0, asked: from?.items };
  }

  /** Who asks for a visitor's is about to erase them: what cannot be read goes, too. */
  async function readOfVisitor(query: ArrivalsQuery): Promise<ArrivalsPage> {
    const { Items, LastEvaluatedKey, readUnits, asked } = await readItems(query);
    const batches = Items.map(decodeOrName).filter(isUnexpired);
    return { batches, ...toNext(LastEvaluatedKey, asked), readUnits };
  }

  async function readWhole(query: ArrivalsQuery): Promise<ArrivalsPage> {
    const { Items, LastEvaluatedKey, readUnits, asked } = await readItems(query);
    const { batches, undecodable, bytes, items } = await decodePage(Items, undefined, query.skip);
    const last = Items[items - 1];
    const next = items < Items.length ? toNext(last, items) : toNext(LastEvaluatedKey, asked && 2 * asked);
    return {
      batches: batches.filter(isUnexpired),
      ...(undecodable.length > 0 ? { undecodable } : {}),
      ...next,
      ...(last === undefined ? {} : { lastArrival: Number(last.received_at?.N) }),
      bytes,
      readUnits,
    };
  }

  /** What nearly all is left out of is read by name: a fifth of the bytes to carry and to parse. */
  async function readByName(query: ArrivalsQuery): Promise<ArrivalsPage> {
    const { Items, LastEvaluatedKey, readUnits, asked } = await readItems(query, NAMES);
    const last = Items.at(-1);
    const reach = {
      ...toNext(LastEvaluatedKey, asked && 2 * asked),
      ...(last === undefined ? {} : { lastArrival: Number(last.received_at?.N) }),
    };
    const left = Items.map(nameOfItem).filter((item) => !query.skip?.(item));
    if (left.length === 0) return { batches: [], bytes: 0, ...reach, readUnits };
    const times = left.map(({ received_at }) => received_at);
    const { after: _, ...stretch } = query;
    const found = await readWhole({ ...stretch, from: Math.min(...times), to: Math.max(...times) + 1 });
    // Where that page was cut, what is behind it has not been read.
    const end = found.next === undefined ? reach : {};
    return { ...found, ...end, readUnits: readUnits + found.readUnits };
  }

  return (query) => {
    if (Math.ceil(query.from) >= Math.ceil(query.to)) return Promise.resolve({ batches: [], readUnits: 0 });
    if (query.visitor_id !== undefined) return readOfVisitor(query);
    return query.skipsMost ? readByName(query) : readWhole(query);
  };
}
