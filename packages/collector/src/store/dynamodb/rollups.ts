/** Numbers with their own offset, in the rollups table: put only where nothing has moved since they were read. */
import type {
  DayMark,
  DayMarkCause,
  RollupKey,
  RollupRange,
  RollupState,
  RollupStore,
} from '../rollup-store.js';
import {
  addBytes,
  addNumber,
  addText,
  type EncodedItem,
  emptyItem,
  type Item,
  toJson,
} from './attributes.js';
import { withBackoff } from './backoff.js';
import { IF_ABSENT, IF_MARKED_AT, IF_VERSION, PARTITION, SORT_BEFORE, SORT_BETWEEN } from './conditions.js';
import type { Connection, Operation } from './connection.js';
import { errorCode, isThrottle } from './explain.js';
import { dayMarksKey, rollupsKey } from './keys.js';
import { type Query, type QueryReply, unavailable } from './reads.js';

const DAY_S = 86_400;
/** Marks of erasures are of use until their days are closed. */
const MARKS_KEPT_DAYS = 90;
const LOST = 'ConditionalCheckFailedException';

export function rollups(
  connection: Connection,
  table: string,
  page: (query: Query) => Promise<QueryReply>,
): RollupStore {
  /** Writes once the store admits it; false where the condition does not hold. */
  async function write(operation: Operation, body: object, item?: EncodedItem): Promise<boolean> {
    const rest = JSON.stringify({ TableName: table, ...body });
    const json = item ? `{"Item":${toJson(item)},${rest.slice(1)}` : rest;
    const error = await withBackoff(
      () =>
        connection.call(operation, table, json).then(
          () => undefined,
          (reason: unknown) => ({ reason }),
        ),
      (failed) => failed !== undefined && isThrottle(errorCode(failed.reason)),
    );
    if (error === undefined) return true;
    if (errorCode(error.reason) === LOST) return false;
    throw unavailable(error.reason);
  }

  return {
    now: () => connection.clock.now(),

    async rollups({ site, shard, kind, from, to }: RollupRange, { consistent = false } = {}) {
      const states: RollupState[] = [];
      let readUnits = 0;
      let after: Item | undefined;
      do {
        const reply: QueryReply = await page({
          TableName: table,
          KeyConditionExpression: SORT_BETWEEN,
          ExpressionAttributeValues: {
            ':pk': { S: rollupsKey({ site, shard, kind }) },
            ':first': { S: instant(from) },
            ':last': { S: instant(to - 1) },
          },
          ConsistentRead: consistent,
          ReturnConsumedCapacity: 'TOTAL',
          ...(after ? { ExclusiveStartKey: after } : {}),
        });
        for (const item of reply.Items) states.push(decodeState({ site, shard, kind }, item));
        readUnits += reply.ConsumedCapacity?.CapacityUnits ?? 0;
        after = reply.LastEvaluatedKey;
      } while (after);
      return { states, readUnits };
    },

    async newestHour(site: string, shard: number, before: number) {
      const key = { site, shard, kind: 'hour' } as const;
      const { Items } = await page({
        TableName: table,
        KeyConditionExpression: SORT_BEFORE,
        ExpressionAttributeValues: { ':pk': { S: rollupsKey(key) }, ':before': { S: instant(before) } },
        ConsistentRead: true,
        ScanIndexForward: false,
        Limit: 1,
      });
      return Items[0] && decodeState(key, Items[0]);
    },

    putRollup(state: RollupState) {
      const item = encodeState(state);
      if (state.version === 1) return write('PutItem', { ConditionExpression: IF_ABSENT }, item);
      return write(
        'PutItem',
        {
          ConditionExpression: IF_VERSION,
          ExpressionAttributeNames: { '#version': 'version' },
          ExpressionAttributeValues: { ':before': { N: String(state.version - 1) } },
        },
        item,
      );
    },

    async markDay(site: string, { day, cause, marked_at }: DayMark) {
      const item = emptyItem();
      addText(item, 'pk', dayMarksKey(site));
      addText(item, 'sk', markName(cause, day));
      addNumber(item, 'marked_at', marked_at);
      addNumber(item, 'expires_at', Math.floor(marked_at / 1000) + MARKS_KEPT_DAYS * DAY_S);
      await write('PutItem', {}, item);
    },

    async markedDays(site: string, cause: DayMarkCause) {
      const { Items } = await page({
        TableName: table,
        KeyConditionExpression: PARTITION,
        ExpressionAttributeValues: { ':pk': { S: dayMarksKey(site) } },
        ConsistentRead: true,
      });
      return Items.map(decodeMark).filter((mark) => mark.cause === cause);
    },

    async clearMark(site: string, { day, cause, marked_at }: DayMark) {
      await write('DeleteItem', {
        Key: { pk: { S: dayMarksKey(site) }, sk: { S: markName(cause, day) } },
        ConditionExpression: IF_MARKED_AT,
        ExpressionAttributeValues: { ':marked_at': { N: String(marked_at) } },
      });
    },
  };
}

const instant = (ms: number): string => new Date(ms).toISOString();

const markName = (cause: DayMarkCause, day: string): string => `${cause}#${day}`;

function decodeMark(item: Item): DayMark {
  const [cause, day = ''] = (item.sk?.S ?? '').split('#');
  return { cause: cause === 'erase' ? 'erase' : 'import', day, marked_at: Number(item.marked_at?.N) };
}

function encodeState(state: RollupState): EncodedItem {
  const item = emptyItem();
  addText(item, 'pk', rollupsKey(state));
  addText(item, 'sk', instant(state.start));
  addNumber(item, 'through', state.through);
  addNumber(item, 'version', state.version);
  addBytes(item, 'body', Buffer.from(state.body));
  addText(item, 'note', state.note);
  return item;
}

function decodeState(key: Omit<RollupKey, 'start'>, item: Item): RollupState {
  return {
    ...key,
    start: Date.parse(item.sk?.S ?? ''),
    through: Number(item.through?.N),
    version: Number(item.version?.N),
    body: Buffer.from(item.body?.B ?? '', 'base64'),
    ...(item.note?.S === undefined ? {} : { note: item.note.S }),
  };
}
