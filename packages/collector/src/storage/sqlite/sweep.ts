/** Deletes what has expired in small steps, and gives its space back to the disk while the store is in use. */
import { DAY_MS } from '../../time/ms.js';
import type { Contexts } from './contexts.js';
import type { Database } from './database.js';
import type { Row, SqlValue } from './driver.js';

/** What one step deletes, so that requests wait for some ms at most. */
const BATCHES_A_STEP = 250;
const PARTS_A_STEP = 20;
const ROWS_A_STEP = 1_000;
const PAGES_A_STEP = 100;
/** Free pages are used again by what is stored next: below this many, nothing is moved for them. */
const FREE_PAGES = 64;

/** Small tables without an index by expiry: they are read through a piece at a time. Each with its key. */
const SCANNED = {
  user_links: ['site', 'user', 'session'],
  unnumbered_groups: ['site', 'day', 'name'],
  day_marks: ['site', 'cause', 'day', 'part'],
} as const;

/** Takes the next step; says whether there is more to do. */
export type Sweep = (now: number) => boolean;

export function createSweep(database: Database, contexts: Contexts): Sweep {
  const { sql } = database;
  let steps: Iterator<unknown> | undefined;

  /** A day's arrivals, once the last of them has expired. */
  function* sweepLog(seconds: number) {
    for (;;) {
      const day = sql('SELECT day, site, shard FROM arrival_days WHERE expires_at < ? LIMIT 1').get(seconds);
      if (!day) return;
      database.transaction(() => sweepDay(day));
      yield;
    }
  }

  function sweepDay({ day, site, shard }: Row): void {
    const start = Date.parse(String(day));
    const { changes } = sql(
      `DELETE FROM batches WHERE id IN (
         SELECT id FROM batches WHERE site = ? AND shard = ? AND received_at >= ? AND received_at < ? LIMIT ?)`,
    ).run(contexts.findSite(String(site)), Number(shard), start, start + DAY_MS, BATCHES_A_STEP);
    if (Number(changes) < BATCHES_A_STEP)
      sql('DELETE FROM arrival_days WHERE day = ? AND site = ? AND shard = ?').run(
        ...([String(day), String(site), Number(shard)] as const),
      );
  }

  function* sweepParts(seconds: number) {
    for (;;) {
      const { changes } = sql(
        'DELETE FROM segment_parts WHERE rowid IN (SELECT rowid FROM segment_parts WHERE expires_at < ? LIMIT ?)',
      ).run(seconds, PARTS_A_STEP);
      if (Number(changes) === 0) return;
      yield;
    }
  }

  function* scan(table: keyof typeof SCANNED, seconds: number) {
    const key = SCANNED[table];
    const columns = key.join(', ');
    const marks = key.map(() => '?').join(', ');
    let after: SqlValue[] | undefined;
    do {
      const beyond = after ? `WHERE (${columns}) > (${marks})` : '';
      const rows = sql(
        `SELECT ${columns}, expires_at FROM ${table} ${beyond} ORDER BY ${columns} LIMIT ?`,
      ).all(...(after ?? []), ROWS_A_STEP);
      const toKey = (row: Row) => key.map((name) => String(row[name]));
      const expired = rows.filter((row) => Number(row.expires_at) < seconds);
      if (expired.length > 0)
        database.transaction(() => {
          for (const row of expired)
            sql(`DELETE FROM ${table} WHERE (${columns}) = (${marks}) AND expires_at < ?`).run(
              ...toKey(row),
              seconds,
            );
        });
      const last = rows.at(-1);
      after = last && rows.length === ROWS_A_STEP ? toKey(last) : undefined;
      yield;
    } while (after);
  }

  function* sweepContexts(seconds: number) {
    let after = 0;
    for (;;) {
      const rows = sql('SELECT id, needed_until FROM contexts WHERE id > ? ORDER BY id LIMIT ?').all(
        after,
        ROWS_A_STEP,
      );
      const last = rows.at(-1);
      if (!last) return;
      const deleted = sql('DELETE FROM contexts WHERE id > ? AND id <= ? AND needed_until < ?').run(
        after,
        Number(last.id),
        seconds,
      );
      if (Number(deleted.changes) > 0) contexts.forget();
      after = Number(last.id);
      yield;
    }
  }

  function* giveBack() {
    while (Number(sql('PRAGMA freelist_count').get()?.freelist_count) > FREE_PAGES) {
      database.exec(`PRAGMA incremental_vacuum(${PAGES_A_STEP})`);
      yield;
    }
  }

  function* all(seconds: number) {
    yield* sweepLog(seconds);
    yield* sweepParts(seconds);
    for (const table of Object.keys(SCANNED) as (keyof typeof SCANNED)[]) yield* scan(table, seconds);
    yield* sweepContexts(seconds);
    yield* giveBack();
  }

  return (now) => {
    steps ??= all(Math.floor(now / 1000));
    try {
      if (!steps.next().done) return true;
    } catch (error) {
      steps = undefined;
      throw error;
    }
    steps = undefined;
    return false;
  };
}
