/** Numbers with their own offset: a row a state, put only where nothing has changed since it was read. */
import { decodeColumns, encodeColumns } from '../columns-codec.js';
import type {
  DayMark,
  DayMarkCause,
  MarkedDaysOptions,
  RollupKey,
  RollupOptions,
  RollupPage,
  RollupRange,
  RollupState,
} from '../rollup-store.js';
import type { Database } from './database.js';
import { type Row, toBuffer } from './driver.js';

const DAY_S = 86_400;
/** Marks of erasures are of use until their days are closed. */
const MARKS_KEPT_DAYS = 90;
/** What of an error is stored with a mark. */
const MAX_ERROR_CHARS = 500;

const COLUMNS = 'start, through, version, previous, note, columns, body';

export function createRollups({ sql, withoutFlush }: Database) {
  return {
    async rollups(
      { site, shard, kind, from, to }: RollupRange,
      { limit = -1, edges = false }: RollupOptions = {},
    ): Promise<RollupPage> {
      const rows = sql(
        `SELECT ${COLUMNS}${edges ? ', edges' : ''} FROM rollups
         WHERE site = ? AND shard = ? AND kind = ? AND start >= ? AND start < ? ORDER BY start LIMIT ?`,
      ).all(site, shard, kind, from, to, limit);
      return { states: rows.map((row) => toState({ site, shard, kind }, row)), readUnits: 0 };
    },

    async newest({ site, shard, kind }: Omit<RollupKey, 'start'>, before: number) {
      const row = sql(
        `SELECT ${COLUMNS} FROM rollups
         WHERE site = ? AND shard = ? AND kind = ? AND start < ? ORDER BY start DESC LIMIT 1`,
      ).get(site, shard, kind, before);
      return row && toState({ site, shard, kind }, row);
    },

    async putRollup(state: RollupState): Promise<boolean> {
      const { site, shard, kind, start, through, version, previous, note, columns, body, edges } = state;
      const values = [
        through,
        version,
        previous ?? null,
        note ?? null,
        columns ? encodeColumns(columns) : null,
        body,
        edges ?? null,
      ] as const;
      const { changes } = withoutFlush(() =>
        version === 1
          ? sql(
              `INSERT OR IGNORE INTO rollups (through, version, previous, note, columns, body, edges, site, shard, kind, start)
               VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
            ).run(...values, site, shard, kind, start)
          : sql(
              `UPDATE rollups SET through = ?, version = ?, previous = ?, note = ?, columns = ?, body = ?, edges = ?
               WHERE site = ? AND shard = ? AND kind = ? AND start = ? AND version = ?`,
            ).run(...values, site, shard, kind, start, version - 1),
      );
      return Number(changes) === 1;
    },

    async markDay(site: string, mark: DayMark, keptDays = MARKS_KEPT_DAYS): Promise<void> {
      const { cause, day, part = '', marked_at, error, owner } = mark;
      const expiresAt = Math.floor(marked_at / 1000) + keptDays * DAY_S;
      sql(
        `INSERT OR REPLACE INTO day_marks (site, cause, day, part, marked_at, error, owner, expires_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      ).run(
        ...([site, cause, day, part, marked_at] as const),
        ...([error?.slice(0, MAX_ERROR_CHARS) ?? null, owner ?? null, expiresAt] as const),
      );
    },

    async markedDays(
      site: string,
      cause: DayMarkCause,
      { fromDay = '' }: MarkedDaysOptions = {},
    ): Promise<DayMark[]> {
      return sql(
        'SELECT day, part, marked_at, error, owner FROM day_marks WHERE site = ? AND cause = ? AND day >= ? ORDER BY day, part',
      )
        .all(site, cause, fromDay)
        .map((row) => toMark(cause, row));
    },

    async clearMark(site: string, { cause, day, part = '', marked_at }: DayMark): Promise<void> {
      sql(
        'DELETE FROM day_marks WHERE site = ? AND cause = ? AND day = ? AND part = ? AND marked_at = ?',
      ).run(...([site, cause, day, part, marked_at] as const));
    },
  };
}

function toState(key: Omit<RollupKey, 'start'>, row: Row): RollupState {
  const columns = typeof row.columns === 'string' ? decodeColumns(row.columns) : undefined;
  return {
    ...key,
    start: Number(row.start),
    through: Number(row.through),
    version: Number(row.version),
    body: toBuffer(row.body),
    ...(row.edges === undefined || row.edges === null ? {} : { edges: toBuffer(row.edges) }),
    ...(typeof row.previous === 'number' ? { previous: row.previous } : {}),
    ...(typeof row.note === 'string' ? { note: row.note } : {}),
    ...(columns === undefined ? {} : { columns }),
  };
}

const toMark = (cause: DayMarkCause, { day, part, marked_at, error, owner }: Row): DayMark => ({
  cause,
  day: String(day),
  marked_at: Number(marked_at),
  ...(part === '' ? {} : { part: String(part) }),
  ...(typeof error === 'string' ? { error } : {}),
  ...(typeof owner === 'string' ? { owner } : {}),
});
