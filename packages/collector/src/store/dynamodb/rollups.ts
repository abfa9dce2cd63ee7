/** Numbers with their own offset, in the rollups table: put only where nothing has moved since they were read. */
import type {
  DayMark,
  DayMarkCause,
  RollupKey,
  RollupRange,
  RollupState,
  RollupStore,
} from '../rollup-store.js';
import { addBytes, addNumber, addText, type EncodedItem, emptyItem, type Item } from './attributes.js';
import { IF_MARKED_AT, PARTITION, SORT_BEFORE, SORT_BETWEEN } from './conditions.js';
import type { Connection } from './connection.js';
import { dayMarksKey, rollupsKey } from './keys.js';
import type { Query, QueryReply } from './reads.js';
import { putVersion, type Write } from './write.js';

const DAY_S = 86_400;
/** Marks of erasures are of use until their days are closed. */
const MARKS_KEPT_DAYS = 90;

export function rollups(
  connection: Connection,
  table: string,
  write: Write,
  page: (query: Query) => Promise<QueryReply>,
): RollupStore {
  return {
    now: () => connection.clock.now(),

    async rollups({ site, shard, kind, from, to }: RollupRange, { consistent = false, limit } = {}) {
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
          ...(limit === undefined ? {} : { Limit: limit }),
          ...(after ? { ExclusiveStartKey: after } : {}),
        });
        for (const item of reply.Items) states.push(decodeState({ site, shard, kind }, item));
        readUnits += reply.ConsumedCapacity?.CapacityUnits ?? 0;
        after = reply.LastEvaluatedKey;
      } while (after && (limit === undefined || states.length < limit));
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

    putRollup: (state: RollupState) => putVersion(write, encodeState(state), state.version),

    async markDay(site: string, { day, cause, marked_at }: DayMark, keptDays = MARKS_KEPT_DAYS) {
      const item = emptyItem();
      addText(item, 'pk', dayMarksKey(site));
      addText(item, 'sk', markName(cause, day));
      addNumber(item, 'marked_at', marked_at);
      addNumber(item, 'expires_at', Math.floor(marked_at / 1000) + keptDays * DAY_S);
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
  return { cause: cause as DayMarkCause, day, marked_at: Number(item.marked_at?.N) };
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
