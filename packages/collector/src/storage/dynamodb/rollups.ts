/** Numbers with their own offset, in the rollups table: put only where nothing has moved since they were read. */

import { decodeColumns, encodeColumns } from '../columns-codec.js';
import { StoreUnavailableError } from '../event-store.js';
import type {
  DayMark,
  DayMarkCause,
  MarkedDaysOptions,
  RollupKey,
  RollupOptions,
  RollupPage,
  RollupRange,
  RollupState,
  RollupStore,
} from '../rollup-store.js';
import { addBytes, addNumber, addText, type EncodedItem, emptyItem, type Item } from './attribute-codec.js';
import { IF_MARKED_AT, SORT_BEFORE, SORT_BETWEEN } from './conditions.js';
import type { Connection } from './connection.js';
import { createEdgeRows, type EdgesByName } from './edge-rows.js';
import { dayMarksKey, rollupsKey, startName } from './keys.js';
import type { Query, QueryReply } from './query.js';
import { createGet } from './reads.js';
import { segments } from './segments.js';
import { putVersion, type Write } from './write.js';

const DAY_S = 86_400;
/** Marks of erasures are of use until their days are closed. */
const MARKS_KEPT_DAYS = 90;
/** What of an error is stored with a mark. */
const MAX_ERROR_CHARS = 500;
/** How often a state is read again whose edges were replaced between its reading and theirs. */
const MAX_REREADS = 5;

/** A state as it is stored: with the name of its edges in their place. */
interface StoredState {
  state: RollupState;
  edgesName: string | undefined;
}

export function rollups(
  connection: Connection,
  table: string,
  write: Write,
  page: (query: Query) => Promise<QueryReply>,
): RollupStore {
  async function readAll(query: Query): Promise<{ items: Item[]; readUnits: number }> {
    const { Limit = Number.POSITIVE_INFINITY } = query;
    const items: Item[] = [];
    let readUnits = 0;
    let after: Item | undefined;
    do {
      const from = after ? { ExclusiveStartKey: after } : {};
      const reply = await page({ ...query, ReturnConsumedCapacity: 'TOTAL', ...from });
      items.push(...reply.Items);
      readUnits += reply.ConsumedCapacity?.CapacityUnits ?? 0;
      after = reply.LastEvaluatedKey;
    } while (after && items.length < Limit);
    return { items, readUnits };
  }

  const edgeRows = createEdgeRows(table, write, readAll);

  async function readStates(
    { from, to, ...key }: RollupRange,
    { consistent = false, limit }: RollupOptions,
  ): Promise<{ states: StoredState[]; readUnits: number }> {
    // The database refuses a range that ends before it begins, as a clock that is behind another's asks for.
    if (from >= to) return { states: [], readUnits: 0 };
    const { items, readUnits } = await readAll({
      TableName: table,
      KeyConditionExpression: SORT_BETWEEN,
      ExpressionAttributeValues: {
        ':pk': { S: rollupsKey(key) },
        ':first': { S: startName(from) },
        ':last': { S: startName(to - 1) },
      },
      ConsistentRead: consistent,
      ...(limit === undefined ? {} : { Limit: limit }),
    });
    return { states: items.map((item) => decodeState(key, item)), readUnits };
  }

  async function readWithEdges(range: RollupRange, options: RollupOptions): Promise<RollupPage> {
    const { consistent = false } = options;
    const [{ states, readUnits }, { found, readUnits: forEdges }] = await Promise.all([
      readStates(range, options),
      edgeRows.ofRange(range, consistent),
    ]);
    const page: RollupPage = { states: [], readUnits: readUnits + forEdges };
    for (const stored of states) {
      const complete = joined(stored, found) ?? (await readAgain(stored.state, page));
      if (complete) page.states.push(complete);
    }
    return page;
  }

  /** What was put again meanwhile, or not seen yet by a read that need not be consistent: first the state, then its edges. */
  async function readAgain(
    { start, ...key }: RollupState,
    page: RollupPage,
  ): Promise<RollupState | undefined> {
    const range = { ...key, from: start, to: start + 1 };
    for (let reread = 0; reread < MAX_REREADS; reread += 1) {
      const { states, readUnits } = await readStates(range, { consistent: true });
      const { found, readUnits: forEdges } = await edgeRows.ofRange(range, true);
      page.readUnits += readUnits + forEdges;
      const [stored] = states;
      const complete = stored && joined(stored, found);
      if (complete || !stored) return complete;
    }
    throw new StoreUnavailableError(`the numbers of ${startName(start)} are being written: try again`);
  }

  return {
    ...segments({ table, write, get: createGet(connection), readAll }),
    now: () => connection.clock.now(),

    async rollups(range: RollupRange, options: RollupOptions = {}) {
      if (options.edges) return readWithEdges(range, options);
      const { states, readUnits } = await readStates(range, options);
      return { states: states.map(({ state }) => state), readUnits };
    },

    async newest(key: Omit<RollupKey, 'start'>, before: number) {
      const { Items } = await page({
        TableName: table,
        KeyConditionExpression: SORT_BEFORE,
        ExpressionAttributeValues: { ':pk': { S: rollupsKey(key) }, ':before': { S: startName(before) } },
        ConsistentRead: true,
        ScanIndexForward: false,
        Limit: 1,
      });
      return Items[0] && decodeState(key, Items[0]).state;
    },

    async putRollup(state: RollupState) {
      // Before the state that names it: one killed in between leaves what nothing names.
      const name = state.edges && (await edgeRows.put(state, state.version, state.edges));
      const isPut = await putVersion(write, encodeState(state, name), state.version);
      if (isPut && name !== undefined && state.version > 1) await edgeRows.deleteBefore(state);
      return isPut;
    },

    async markDay(site: string, mark: DayMark, keptDays = MARKS_KEPT_DAYS) {
      const item = emptyItem();
      addText(item, 'pk', dayMarksKey(site));
      addText(item, 'sk', markName(mark));
      addNumber(item, 'marked_at', mark.marked_at);
      addText(item, 'error', mark.error?.slice(0, MAX_ERROR_CHARS));
      addText(item, 'owner', mark.owner);
      addNumber(item, 'expires_at', Math.floor(mark.marked_at / 1000) + keptDays * DAY_S);
      await write('PutItem', {}, item);
    },

    async markedDays(
      site: string,
      cause: DayMarkCause,
      { fromDay = '', consistent = true }: MarkedDaysOptions = {},
    ) {
      const { items } = await readAll({
        TableName: table,
        KeyConditionExpression: SORT_BETWEEN,
        ExpressionAttributeValues: {
          ':pk': { S: dayMarksKey(site) },
          ':first': { S: `${cause}#${fromDay}` },
          // Behind every day, and before every other cause.
          ':last': { S: `${cause}#:` },
        },
        ConsistentRead: consistent,
      });
      return items.map(decodeMark);
    },

    async clearMark(site: string, mark: DayMark) {
      await write('DeleteItem', {
        Key: { pk: { S: dayMarksKey(site) }, sk: { S: markName(mark) } },
        ConditionExpression: IF_MARKED_AT,
        ExpressionAttributeValues: { ':marked_at': { N: String(mark.marked_at) } },
      });
    },
  };
}

const markName = ({ cause, day, part }: DayMark): string =>
  part === undefined ? `${cause}#${day}` : `${cause}#${day}#${part}`;

function decodeMark(item: Item): DayMark {
  const [cause, day = '', part] = (item.sk?.S ?? '').split('#');
  return {
    cause: cause as DayMarkCause,
    day,
    marked_at: Number(item.marked_at?.N),
    ...(part === undefined ? {} : { part }),
    ...(item.error?.S === undefined ? {} : { error: item.error.S }),
    ...(item.owner?.S === undefined ? {} : { owner: item.owner.S }),
  };
}

function encodeState(state: RollupState, edgesName: string | undefined): EncodedItem {
  const item = emptyItem();
  addText(item, 'pk', rollupsKey(state));
  addText(item, 'sk', startName(state.start));
  addNumber(item, 'through', state.through);
  addNumber(item, 'version', state.version);
  addNumber(item, 'previous', state.previous);
  addBytes(item, 'body', Buffer.from(state.body));
  // Stored under its former name.
  addText(item, 'pairs', edgesName);
  addText(item, 'note', state.note);
  addText(item, 'columns', state.columns && encodeColumns(state.columns));
  return item;
}

function decodeState(key: Omit<RollupKey, 'start'>, item: Item): StoredState {
  const columns = decodeColumns(item.columns?.S);
  const state: RollupState = {
    ...key,
    start: Date.parse(item.sk?.S ?? ''),
    through: Number(item.through?.N),
    version: Number(item.version?.N),
    body: Buffer.from(item.body?.B ?? '', 'base64'),
    ...(item.previous?.N === undefined ? {} : { previous: Number(item.previous.N) }),
    ...(item.note?.S === undefined ? {} : { note: item.note.S }),
    ...(columns === undefined ? {} : { columns }),
  };
  return { state, edgesName: item.pairs?.S };
}

/** Undefined where the edges that it names were not found. */
function joined({ state, edgesName }: StoredState, found: EdgesByName): RollupState | undefined {
  if (edgesName === undefined) return state;
  const bytes = found.get(edgesName);
  return bytes && { ...state, edges: bytes };
}
