/** The log by session and user, and what leads there. */
import { MAX_LOG_PAGE_BYTES, MAX_SESSION_BYTES } from '../../budgets.js';
import type {
  ReadOptions,
  SessionItemsPage,
  SessionPage,
  SessionPageOptions,
  SessionReadOptions,
  StoredBatch,
} from '../event-store.js';
import { partName, splitPartName } from '../part-names.js';
import type { Contexts } from './contexts.js';
import type { Database } from './database.js';
import { type Row, type SqlValue, toBuffer } from './driver.js';
import { decodeEvents } from './event-codec.js';
import { decodeOrName, decodeRows, LOG_COLUMNS } from './log-rows.js';
import { packId, unpackId } from './packed-id.js';

/** Items of a session that are read at a time where all of them are wanted. */
const ITEMS_PER_PAGE = 50;

export function createSessions({ sql }: Database, contexts: Contexts, now: () => number) {
  const isUnexpired = ({ expires_at }: { expires_at: number }) => expires_at * 1000 > now();
  const isUnexpiredRow = (row: Row) => isUnexpired({ expires_at: Number(row.expires_at) });

  /** In the order of their names, after the item of that name. */
  function itemsAfter(site: string, sessionId: string, after: string | undefined, limit: number): Row[] {
    const values: SqlValue[] = [contexts.findSite(site), packId(sessionId)];
    if (after !== undefined) {
      const { batch, part } = splitPartName(after);
      values.push(packId(batch), part);
    }
    const beyond = after === undefined ? '' : 'AND (name, part) > (?, ?)';
    return sql(
      `SELECT ${LOG_COLUMNS} FROM batches WHERE site = ? AND session = ? ${beyond} ORDER BY name, part LIMIT ?`,
    ).all(...values, limit);
  }

  const itemName = (row: Row | undefined) => row && partName(unpackId(row.name), Number(row.part));

  return {
    async session(
      site: string,
      sessionId: string,
      { expired = false, limit = -1 }: SessionReadOptions = {},
    ): Promise<StoredBatch[]> {
      const found = sql(
        `SELECT ${LOG_COLUMNS} FROM batches WHERE site = ? AND session = ? ORDER BY name DESC, part DESC LIMIT ?`,
      ).all(contexts.findSite(site), packId(sessionId), limit);
      const rows = found
        .filter((row) => expired || isUnexpiredRow(row))
        .sort((a, b) => Number(a.received_at) - Number(b.received_at) || Number(a.id) - Number(b.id));
      if (expired) return rows.map((row) => decodeOrName(site, row, contexts));
      return (await decodeRows(site, rows, contexts, MAX_SESSION_BYTES)).batches;
    },

    async sessionPage(
      site: string,
      sessionId: string,
      { limit, after }: SessionPageOptions,
    ): Promise<SessionPage> {
      const rows = itemsAfter(site, sessionId, after, limit);
      const decoded = await decodeRows(site, rows, contexts, MAX_LOG_PAGE_BYTES);
      const isCut = decoded.rows < rows.length;
      const next = isCut || rows.length === limit ? itemName(rows[decoded.rows - 1]) : undefined;
      const batches = decoded.batches.filter(isUnexpired);
      return next === undefined ? { batches } : { batches, next };
    },

    async visitSession(
      site: string,
      sessionId: string,
      visit: (batch: StoredBatch, bytes: number) => boolean,
    ): Promise<void> {
      let after: string | undefined;
      do {
        const rows = itemsAfter(site, sessionId, after, ITEMS_PER_PAGE);
        for (const row of rows.filter(isUnexpiredRow)) {
          const { batches, bytes } = await decodeRows(site, [row], contexts, MAX_LOG_PAGE_BYTES);
          if (batches[0] && !visit(batches[0], bytes)) return;
        }
        after = rows.length === ITEMS_PER_PAGE ? itemName(rows.at(-1)) : undefined;
      } while (after !== undefined);
    },

    async sessionItems(site: string, sessionId: string, after?: string): Promise<SessionItemsPage> {
      const rows = itemsAfter(site, sessionId, after, ITEMS_PER_PAGE);
      const items = rows.map((row) => ({
        batch: itemName(row) ?? '',
        received_at: Number(row.received_at),
        events: countEvents(row),
        ...(typeof row.user === 'string' ? { user_id: row.user } : {}),
      }));
      const next = rows.length === ITEMS_PER_PAGE ? itemName(rows.at(-1)) : undefined;
      return next === undefined ? { items } : { items, next };
    },

    async sessionsOfUser(
      site: string,
      userId: string,
      { expired = false, limit = -1 }: ReadOptions & { limit?: number } = {},
    ): Promise<string[]> {
      return sql(
        'SELECT session, expires_at FROM user_links WHERE site = ? AND user = ? ORDER BY session LIMIT ?',
      )
        .all(site, userId, limit)
        .filter((row) => expired || isUnexpiredRow(row))
        .map(({ session }) => String(session));
    },

    async unnumberedGroups(site: string, fromDay: string): Promise<Set<string>> {
      const rows = sql('SELECT DISTINCT name FROM unnumbered_groups WHERE site = ? AND day >= ?');
      return new Set(rows.all(site, fromDay).map(({ name }) => String(name)));
    },

    async activeSites(day: string): Promise<string[]> {
      return sql('SELECT DISTINCT site FROM arrival_days WHERE day = ? AND expires_at > ? ORDER BY site')
        .all(day, now() / 1000)
        .map(({ site }) => String(site));
    },
  };
}

function countEvents(row: Row): number {
  try {
    return decodeEvents(toBuffer(row.events), unpackId(row.name)).events.length;
  } catch {
    // What cannot be read is deleted all the same.
    return 0;
  }
}
