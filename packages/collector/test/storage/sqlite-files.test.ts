/** The file of the SQLite store: its version, a full disk, what expires, what is deleted. */
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sampleBatch, sampleEvent } from '@liveinsight/testing/contracts';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createContexts } from '../../src/storage/sqlite/contexts.js';
import { openDatabase } from '../../src/storage/sqlite/database.js';
import { openConnection } from '../../src/storage/sqlite/driver.js';
import { sqliteStore } from '../../src/storage/sqlite/store.js';
import { createSweep } from '../../src/storage/sqlite/sweep.js';
import { DAY_MS, utcDay } from '../../src/time/ms.js';

let path = '';
beforeEach(() => {
  path = mkdtempSync(join(tmpdir(), 'liveinsight-'));
});
afterEach(() => rmSync(path, { recursive: true, force: true }));

const file = () => join(path, 'liveinsight.db');
const fill = (index: number, more = {}) =>
  sampleBatch([`event-${index}`], {
    site: 'shop',
    session_id: `session-${index}`,
    events: [{ ...sampleEvent(`event-${index}`), props: { noise: noise() } }],
    ...more,
  });
const noise = () => Array.from({ length: 40 }, () => Math.random().toString(36).slice(2)).join('');

it('refuses a file of a newer version, and leaves it as it is', async () => {
  await sqliteStore({ path }).close();
  const connection = openConnection(file());
  connection.exec('PRAGMA user_version = 99');
  connection.close();
  const before = readFileSync(file());
  expect(() => sqliteStore({ path })).toThrow(
    /a newer LiveInsight has written the data in .*: its schema is version 99, this LiveInsight knows \d+. Update/,
  );
  expect(readFileSync(file())).toEqual(before);
});

it('refuses options that it does not know, and what is no database', () => {
  expect(() => sqliteStore({ paht: 'x' } as object)).toThrow(
    'unknown key "paht" in the options of the store',
  );
  writeFileSync(file(), 'no database '.repeat(1_000));
  expect(() => sqliteStore({ path })).toThrow('not a database');
});

it('asks for a retry while the disk is full, and goes on when it is not', async () => {
  const store = sqliteStore({ path });
  const database = openDatabase(path);
  await store.append(fill(0));
  const pages = Number(database.sql('PRAGMA page_count').get()?.page_count);
  database.exec(`PRAGMA max_page_count = ${pages + 20}`);
  const outcomes = [];
  for (let index = 1; index < 300; index += 1) outcomes.push(await store.append(fill(index)));
  const refused = outcomes.filter(({ kind }) => kind === 'retry');
  expect(refused.length).toBeGreaterThan(100);
  expect(refused[0]).toMatchObject({ cause: expect.stringContaining('free some space') });
  const state = { site: 'shop', shard: 0, kind: 'day', start: 0, through: 1, version: 1 } as const;
  await expect(store.putRollup({ ...state, body: Buffer.alloc(400_000) })).rejects.toThrow('free some space');
  await expect(store.ping()).resolves.toBeUndefined();
  for (const [index, { kind }] of outcomes.entries()) {
    const stored = await store.session('shop', `session-${index + 1}`);
    expect(stored).toHaveLength(kind === 'stored' ? 1 : 0);
  }
  database.exec('PRAGMA max_page_count = 1000000');
  for (let index = 1; index < 300; index += 1)
    expect(await store.append(fill(index))).toMatchObject({ kind: 'stored' });
  expect(await store.activeSites(utcDay(Date.now()))).toEqual(['shop']);
  database.close();
  await store.close();
});

it('deletes what has expired in steps, and nothing else, and gives its space back', async () => {
  const store = sqliteStore({ path });
  const database = openDatabase(path);
  const appends = Array.from({ length: 3_000 }, (_, index) => {
    const isKept = index % 10 === 0;
    const arrival = { received_at: Date.now() - (isKept ? 1 : 4) * DAY_MS, user_id: `user-${index}` };
    return store.append(fill(index, { ...arrival, retention_days: isKept ? 30 : 5 }));
  });
  await Promise.all(appends);
  const day = { site: 'shop', shard: 0, kind: 'day', start: 0 } as const;
  for (const [index, expires_at] of [1, 4e9].entries())
    await store.putSegmentPart(day, {
      segment: '1#a',
      group: 'g',
      index,
      bytes: Buffer.alloc(9),
      expires_at,
    });
  const pages = () => Number(database.sql('PRAGMA page_count').get()?.page_count);
  const rows = (table: string) => Number(database.sql(`SELECT count(*) AS n FROM ${table}`).get()?.n);
  const before = pages();
  const sweep = createSweep(database, createContexts(database));
  let steps = 0;
  const run = (now: number) => {
    while (sweep(now)) {
      steps += 1;
      expect(Number(database.sql('SELECT changes() AS n').get()?.n)).toBeLessThanOrEqual(1_000);
    }
  };
  run(Date.now());
  expect(rows('batches')).toBe(3_000);
  run(Date.now() + 9 * DAY_MS);
  expect(rows('batches')).toBe(300);
  expect(rows('segment_parts')).toBe(1);
  expect(rows('user_links')).toBe(300);
  expect(steps).toBeGreaterThan(10);
  expect(pages()).toBeLessThan(before / 3);
  expect(await store.session('shop', 'session-0')).toHaveLength(1);
  expect(await store.session('shop', 'session-1', { expired: true })).toEqual([]);
  run(Date.now() + 90 * DAY_MS);
  for (const table of ['batches', 'user_links', 'arrival_days', 'contexts']) expect(rows(table)).toBe(0);
  expect(await store.append(fill(0, { user_id: 'user-0' }))).toMatchObject({ inserted: {} });
  expect(await store.session('shop', 'session-0')).toMatchObject([{ user_id: 'user-0' }]);
  database.close();
  await store.close();
});

it('shares one flush of the disk among the requests of a turn', async () => {
  const store = sqliteStore({ path });
  const database = openDatabase(path);
  await store.append(fill(0));
  const other = openConnection(file(), { readOnly: true });
  const version = () => Number(other.prepare('PRAGMA data_version').get()?.data_version);
  const before = version();
  await Promise.all(Array.from({ length: 50 }, (_, index) => store.append(fill(index + 1))));
  expect(version()).toBe(before + 1);
  expect(Number(database.sql('PRAGMA synchronous').get()?.synchronous)).toBe(2);
  expect(statSync(file()).mode & 0o077).toBe(0);
  other.close();
  database.close();
  await store.close();
});

it('flushes again after what needs no flush, also where that failed', async () => {
  const database = openDatabase(path);
  const level = () => Number(database.sql('PRAGMA synchronous').get()?.synchronous);
  const [NORMAL, FULL] = [1, 2];
  expect(database.withoutFlush(level)).toBe(NORMAL);
  expect(level()).toBe(FULL);
  const fail = () =>
    database.withoutFlush(() => {
      throw new Error('a fault');
    });
  expect(fail).toThrow('a fault');
  expect(level()).toBe(FULL);
  database.close();
});

it('overwrites what is deleted, in all of its files', async () => {
  const store = sqliteStore({ path });
  const secret = Buffer.from(await store.dailySalt('2026-01-31'));
  const user_id = 'somebody-to-be-forgotten';
  await store.append(fill(1, { user_id }));
  const contains = (text: string | Buffer) =>
    ['', '-wal'].some((name) => readFileSync(`${file()}${name}`).includes(text));
  expect([contains(secret), contains(user_id)]).toEqual([true, true]);
  await store.deleteSalts(Date.now());
  await store.deleteBatches('shop', 'session-1', ['event-1']);
  await store.deleteLinks('shop', user_id, ['session-1']);
  expect([contains(secret), contains(user_id)]).toEqual([false, false]);
  await store.close();
});
