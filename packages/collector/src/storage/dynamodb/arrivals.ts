/** Pages of the log by arrival, as the index has them. */

import type { ArrivalsPage, ArrivalsQuery, StoredBatch } from '../event-store.js';
import type { Item } from './attribute-codec.js';
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
    const { limit, newestFirst = false, visitor_id, after } = query;
    const from = after === undefined ? undefined : continueFrom(after, query);
    const reply = await page({
      TableName: table,
      IndexName: 'arrivals',
      KeyConditionExpression: ARRIVED_BETWEEN,
      ExpressionAttributeValues: {
        ':pk': { S: toArrivalsKey(query) },
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

  async function readInFull(query: ArrivalsQuery) {
    const { Items, LastEvaluatedKey, readUnits, asked } = await readItems(query);
    const { batches, undecodable, bytes, items } = await decodePage(Items, undefined, query.skip);
    const last = Items[items - 1];
    const next = items < Items.length ? toNext(last, items) : toNext(LastEvaluatedKey, asked && 2 * asked);
    const page: ArrivalsPage = {
      batches: batches.filter(isUnexpired),
      ...(undecodable.length > 0 ? { undecodable } : {}),
      ...next,
      ...toLastArrival(last),
      bytes,
      readUnits,
    };
    return { page, last };
  }

  /** What nearly all is left out of is read by name: a fifth of the bytes to carry and to parse. */
  async function readByName(query: ArrivalsQuery): Promise<ArrivalsPage> {
    const { Items, LastEvaluatedKey, readUnits, asked } = await readItems(query, NAMES);
    const reach = { ...toNext(LastEvaluatedKey, asked && 2 * asked), ...toLastArrival(Items.at(-1)) };
    const isLeft = Items.map((item) => !query.skip?.(nameOfItem(item)));
    const first = isLeft.indexOf(true);
    if (first < 0) return { batches: [], bytes: 0, ...reach, readUnits };
    const end = isLeft.lastIndexOf(true);
    // From behind the item before, and not from a time, which more items than a page has may share.
    const before = Items[first - 1];
    const { next: after } = toNext(before && { ...before, arrivals: { S: toArrivalsKey(query) } }, undefined);
    const { page, last } = await readInFull({
      ...query,
      ...(after === undefined ? {} : { after }),
      limit: end - first + 1,
    });
    // Cut short, or with other items in between since: what is behind it has not been read.
    const isWhole = last?.pk?.S === Items[end]?.pk?.S && last?.sk?.S === Items[end]?.sk?.S;
    const { next: _, lastArrival: __, ...found } = page;
    return { ...(isWhole ? { ...found, ...reach } : page), readUnits: readUnits + page.readUnits };
  }

  return (query) => {
    if (Math.ceil(query.from) >= Math.ceil(query.to)) return Promise.resolve({ batches: [], readUnits: 0 });
    if (query.visitor_id !== undefined) return readOfVisitor(query);
    return query.skipsMost ? readByName(query) : readInFull(query).then(({ page }) => page);
  };
}

const toLastArrival = (item: Item | undefined): { lastArrival?: number } =>
  item === undefined ? {} : { lastArrival: Number(item.received_at?.N) };

const toArrivalsKey = ({ site, day, shard }: ArrivalsQuery): string => arrivalsKey(site, day, shard);
