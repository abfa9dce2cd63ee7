/** The log in order of arrival, a page at a time. */
import { MAX_LOG_PAGE_BYTES, MAX_LOG_PAGE_STORED_BYTES } from '../../budgets.js';
import { DAY_MS } from '../../time/ms.js';
import type { ArrivalsPage, ArrivalsQuery } from '../event-store.js';
import type { Contexts } from './contexts.js';
import type { Database } from './database.js';
import { type Row, type SqlValue, toBuffer } from './driver.js';
import { type LogPosition, parseCursor, toCursor } from './log-cursor.js';
import { decodeOrName, decodeRows, LOG_COLUMNS } from './log-rows.js';
import { packId } from './packed-id.js';

/** Rows that are read in one go: so few that those of the largest batches are no burden. */
const ROWS_AT_ONCE = 100;

interface Selection {
  columns: string;
  first: number;
  last: number;
  maxRows: number;
}

export function createArrivals({ sql }: Database, contexts: Contexts, now: () => number) {
  const isUnexpired = ({ expires_at }: { expires_at: number }) => expires_at * 1000 > now();

  function select(
    query: ArrivalsQuery,
    { columns, first, last, maxRows }: Selection,
    after: LogPosition | undefined,
  ) {
    const order = query.newestFirst ? 'DESC' : 'ASC';
    const beyond = after ? `AND (received_at, id) ${query.newestFirst ? '<' : '>'} (?, ?)` : '';
    const values: SqlValue[] = [contexts.findSite(query.site), query.shard, first, last];
    if (after) values.push(after.receivedAt, after.id);
    return sql(
      `SELECT ${columns} FROM batches WHERE site = ? AND shard = ? AND received_at BETWEEN ? AND ? ${beyond}
       ORDER BY received_at ${order}, id ${order} LIMIT ?`,
    ).all(...values, maxRows);
  }

  const readRow = (id: number): Row | undefined =>
    sql(`SELECT ${LOG_COLUMNS} FROM batches WHERE id = ?`).get(id);

  /** As many as were asked for, or as weigh as much as a page may. */
  function readPage(query: ArrivalsQuery, first: number, last: number, after: LogPosition | undefined) {
    const rows: Row[] = [];
    let from = after;
    for (let bytes = 0; ; ) {
      const maxRows = Math.min(ROWS_AT_ONCE, query.limit - rows.length);
      const found = select(query, { columns: LOG_COLUMNS, first, last, maxRows }, from);
      rows.push(...found);
      for (const row of found) bytes += toBuffer(row.events).length;
      if (found.length < maxRows) return { rows, isEnd: true };
      if (rows.length >= query.limit || bytes >= MAX_LOG_PAGE_STORED_BYTES) return { rows, isEnd: false };
      from = toPosition(rows.at(-1));
    }
  }

  return async function arrivals(query: ArrivalsQuery): Promise<ArrivalsPage> {
    const { site, day, visitor_id, after, skip } = query;
    const start = Date.parse(day);
    const first = Math.max(Math.ceil(query.from), start);
    const last = Math.min(Math.ceil(query.to), start + DAY_MS) - 1;
    if (first > last) return { batches: [], readUnits: 0 };
    const position = after === undefined ? undefined : parseCursor(after, query);
    if (visitor_id !== undefined) return ofVisitor(query, visitor_id, { first, last, position });
    const { rows, isEnd } = readPage(query, first, last, position);
    const decoded = await decodeRows(site, rows, contexts, MAX_LOG_PAGE_BYTES, skip);
    const end = toPosition(rows[decoded.rows - 1]);
    const hasMore = !isEnd || decoded.rows < rows.length;
    return {
      batches: decoded.batches.filter(isUnexpired),
      ...(decoded.undecodable.length > 0 ? { undecodable: decoded.undecodable } : {}),
      ...(end && hasMore ? { next: toCursor(query, end) } : {}),
      ...(end ? { lastArrival: end.receivedAt } : {}),
      bytes: decoded.bytes,
      readUnits: 0,
    };
  };

  /** Whoever asks for a visitor's is about to erase them: what cannot be read goes, too. */
  function ofVisitor(
    query: ArrivalsQuery,
    visitorId: string,
    { first, last, position }: { first: number; last: number; position: LogPosition | undefined },
  ): ArrivalsPage {
    const columns = 'id, received_at, visitor';
    const rows = select(query, { columns, first, last, maxRows: query.limit }, position);
    const visitor = packId(visitorId);
    const batches = rows
      .filter((row) => isSame(row.visitor, visitor))
      .map(({ id }) => readRow(Number(id)))
      .filter((row) => row !== undefined)
      .map((row) => decodeOrName(query.site, row, contexts));
    const end = toPosition(rows.at(-1));
    const isFull = rows.length === query.limit;
    return {
      batches: batches.filter(isUnexpired),
      ...(end && isFull ? { next: toCursor(query, end) } : {}),
      readUnits: 0,
    };
  }
}

const toPosition = (row: Row | undefined): LogPosition | undefined =>
  row && { receivedAt: Number(row.received_at), id: Number(row.id) };

const isSame = (stored: unknown, wanted: string | Uint8Array): boolean =>
  typeof wanted === 'string'
    ? stored === wanted
    : typeof stored !== 'string' && toBuffer(stored).equals(wanted);
