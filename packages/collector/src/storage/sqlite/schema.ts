/** The tables, and how a file of an earlier version becomes one of this. */
import type { Connection } from './driver.js';

/**
 * Each step brings a file from the version that is its index to the next. A step that has been released is never changed: a
 * further one follows it.
 */
const STEPS: readonly string[] = [
  `
  CREATE TABLE sites (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
  -- What batches share with others, as JSON. Ids are never used again: they are remembered in memory.
  CREATE TABLE contexts (id INTEGER PRIMARY KEY AUTOINCREMENT, text TEXT NOT NULL UNIQUE, needed_until INTEGER NOT NULL);
  -- One row an item of the log, in the order in which they were written.
  CREATE TABLE batches (
    id INTEGER PRIMARY KEY, site INTEGER NOT NULL, shard INTEGER NOT NULL, received_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL, session NOT NULL, name NOT NULL, part INTEGER NOT NULL, visitor NOT NULL, user TEXT,
    sent_at REAL, device INTEGER NOT NULL, origin INTEGER NOT NULL, dropped TEXT, events BLOB NOT NULL);
  CREATE UNIQUE INDEX batches_by_name ON batches (site, session, name, part);
  CREATE INDEX batches_by_arrival ON batches (site, shard, received_at);
  -- UTC days that have arrivals, and when the last of them expires: instead of an index of the batches' own expiry.
  CREATE TABLE arrival_days (day TEXT, site TEXT, shard INTEGER, expires_at INTEGER NOT NULL,
    PRIMARY KEY (day, site, shard)) WITHOUT ROWID;
  CREATE TABLE unnumbered_groups (site TEXT, day TEXT, name TEXT, expires_at INTEGER NOT NULL,
    PRIMARY KEY (site, day, name)) WITHOUT ROWID;
  CREATE TABLE user_links (site TEXT, user TEXT, session TEXT, expires_at INTEGER NOT NULL,
    PRIMARY KEY (site, user, session)) WITHOUT ROWID;
  -- What is large stands last: it is not read unless it is asked for.
  CREATE TABLE rollups (site TEXT, shard INTEGER, kind TEXT, start INTEGER, through INTEGER NOT NULL,
    version INTEGER NOT NULL, previous INTEGER, note TEXT, columns TEXT, body BLOB NOT NULL, edges BLOB,
    PRIMARY KEY (site, shard, kind, start));
  CREATE TABLE segment_parts (site TEXT, shard INTEGER, kind TEXT, start INTEGER, version INTEGER, segment TEXT, name TEXT,
    part INTEGER, expires_at INTEGER NOT NULL, bytes BLOB NOT NULL,
    PRIMARY KEY (site, shard, kind, start, version, segment, name, part));
  CREATE INDEX segment_parts_by_expiry ON segment_parts (expires_at);
  CREATE TABLE day_marks (site TEXT, cause TEXT, day TEXT, part TEXT, marked_at INTEGER NOT NULL, error TEXT, owner TEXT,
    expires_at INTEGER NOT NULL, PRIMARY KEY (site, cause, day, part)) WITHOUT ROWID;
  CREATE TABLE settings (site TEXT, kind TEXT, id TEXT, version INTEGER NOT NULL, body TEXT NOT NULL,
    PRIMARY KEY (site, kind, id)) WITHOUT ROWID;
  CREATE TABLE daily_salts (day TEXT PRIMARY KEY, salt BLOB NOT NULL) WITHOUT ROWID;
  `,
];

const SCHEMA_VERSION = STEPS.length;

/** `LIVE` in ASCII: what a file is that other programs find. */
const APPLICATION_ID = 0x4c495645;

export class NewerSchemaError extends Error {
  override name = 'NewerSchemaError';
}

/** Throws a `NewerSchemaError` for a file that a newer version has changed; to be called before anything is written to it. */
export function checkVersion(connection: Connection, where: string): void {
  const version = readVersion(connection);
  if (version <= SCHEMA_VERSION) return;
  const versions = `its schema is version ${version}, this LiveInsight knows ${SCHEMA_VERSION}`;
  throw new NewerSchemaError(
    `a newer LiveInsight has written the data in ${where}: ${versions}. Update LiveInsight`,
  );
}

/** Whether no version has made its tables yet. */
export const isNew = (connection: Connection): boolean => readVersion(connection) === 0;

/** Step by step: each is complete or not there. */
export function migrate(connection: Connection): void {
  for (let step = readVersion(connection); step < SCHEMA_VERSION; step += 1) {
    connection.exec(
      `BEGIN IMMEDIATE; ${STEPS[step]}; PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${step + 1}; COMMIT`,
    );
  }
}

const readVersion = (connection: Connection): number =>
  Number(connection.prepare('PRAGMA user_version').get()?.user_version);
