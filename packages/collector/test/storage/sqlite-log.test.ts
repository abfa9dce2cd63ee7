/** The write-ahead log of a process that was killed, and what a disk or a copy does to it afterwards. */
import { copyFileSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sampleBatch } from '@liveinsight/testing/contracts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { backUpDatabase } from '../../src/storage/sqlite/backup.js';
import { openConnection } from '../../src/storage/sqlite/driver.js';
import { sqliteStore } from '../../src/storage/sqlite/store.js';
import { startSqlite } from '../sqlite.js';

const SESSIONS = 200;
const FRAME_BYTES = 24 + 4_096;
const FILES = ['liveinsight.db', 'liveinsight.db-wal', 'liveinsight.db-shm', 'process.json'];
const sessions = Array.from({ length: SESSIONS }, (_, index) => `session-${index}`);
const append = (store: ReturnType<typeof sqliteStore>, session: string) =>
  store.append(sampleBatch([`of-${session}`], { site: 'shop', session_id: session, batch: `of-${session}` }));

describe('the log of a killed process', () => {
  let started: ReturnType<typeof startSqlite>;
  const folders: string[] = [];

  beforeEach(async () => {
    started = startSqlite();
    // In several commits, so that a log that lost some still has others.
    for (let first = 0; first < SESSIONS; first += 50)
      await Promise.all(sessions.slice(first, first + 50).map((session) => append(started.store, session)));
  });
  afterEach(async () => {
    await started.close();
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
  });

  /**
   * The files as they are at this moment, which is what a kill leaves. In a folder of their own: this process has the others
   * open, and SQLite goes by what it knows of an open file, not by what was written over it.
   */
  function kill(): string {
    const folder = mkdtempSync(join(tmpdir(), 'liveinsight-'));
    folders.push(folder);
    for (const name of FILES) copyFileSync(join(started.path, name), join(folder, name));
    return folder;
  }

  const logOf = (folder: string) => join(folder, 'liveinsight.db-wal');

  function moveIntoFile(): void {
    const connection = openConnection(join(started.path, 'liveinsight.db'));
    const [result] = connection.prepare('PRAGMA wal_checkpoint(PASSIVE)').all();
    expect(result).toMatchObject({ busy: 0 });
    expect(result?.checkpointed).toBe(result?.log);
    connection.close();
  }

  async function expectAll(path: string): Promise<void> {
    const store = sqliteStore({ path });
    const read = await Promise.all(sessions.map((session) => store.session('shop', session)));
    expect(read.filter((batches) => batches.length === 1)).toHaveLength(SESSIONS);
    expect(await append(store, 'session-afterwards')).toMatchObject({ kind: 'stored' });
    await store.close();
    const connection = openConnection(join(path, 'liveinsight.db'), { readOnly: true });
    expect(connection.prepare('PRAGMA integrity_check').all()).toEqual([{ integrity_check: 'ok' }]);
    connection.close();
  }

  /** Each start says so: nothing was written over. */
  function expectDamage(path: string, message: RegExp): void {
    for (let start = 0; start < 2; start += 1) expect(() => sqliteStore({ path })).toThrow(message);
    expect(() => backUpDatabase(path, join(path, 'backup'))).toThrow(message);
    expect(() => sqliteStore({ path })).toThrow(/restore a backup/);
  }

  const damages: [string, (log: Buffer) => Buffer, RegExp][] = [
    ['its end cut off', (log) => log.subarray(0, log.length - 1_000), /is complete up to page \d+ of \d+/],
    ['its last page lost', (log) => log.subarray(0, log.length - FRAME_BYTES), /is complete up to page/],
    ['one bit of its last page changed', (log) => flip(log, log.length - 1), /is complete up to page/],
    ['one bit in its middle changed', (log) => flip(log, log.length >> 1), /is complete up to page/],
    [
      'its second half garbled',
      (log) => Buffer.from(log).fill(0x5a, log.length >> 1),
      /is complete up to page/,
    ],
    ['only its header', (log) => log.subarray(0, 32), /is complete up to page 0 of/],
  ];
  const unreadable: [string, (log: Buffer) => Buffer][] = [
    ['that is cut within its header', (log) => log.subarray(0, 20)],
    ['that is garbage', () => Buffer.alloc(10_000, 0x5a)],
    ['with one bit of its header changed', (log) => flip(log, 16)],
    ['whose first block is empty', (log) => Buffer.from(log).fill(0, 0, 4_096)],
  ];

  it('has everything, and what was being written when it ended is dropped', async () => {
    await expectAll(kill());
    for (const torn of [
      Buffer.alloc(10),
      Buffer.alloc(FRAME_BYTES - 1, 0x5a),
      Buffer.alloc(3 * FRAME_BYTES),
    ]) {
      const folder = kill();
      writeFileSync(logOf(folder), torn, { flag: 'a' });
      await expectAll(folder);
    }
  });

  it('has everything after its pages were moved into the file, too', async () => {
    moveIntoFile();
    await expectAll(kill());
    for (const [, damage] of unreadable) {
      const folder = kill();
      writeFileSync(logOf(folder), damage(readFileSync(logOf(folder))));
      await expectAll(folder);
    }
    const folder = kill();
    rmSync(logOf(folder));
    await expectAll(folder);
  });

  it('has everything once it was emptied, whatever its index still says', async () => {
    const before = kill();
    await started.store.close();
    const after = mkdtempSync(join(tmpdir(), 'liveinsight-'));
    folders.push(after);
    for (const name of ['liveinsight.db', 'process.json'])
      copyFileSync(join(started.path, name), join(after, name));
    copyFileSync(join(before, 'liveinsight.db-shm'), join(after, 'liveinsight.db-shm'));
    // Begun again when the power failed, some file systems have given it room that nothing was written to.
    for (const log of [Buffer.alloc(0), Buffer.alloc(32), Buffer.alloc(3 * FRAME_BYTES)]) {
      const folder = mkdtempSync(join(tmpdir(), 'liveinsight-'));
      folders.push(folder);
      for (const name of FILES.filter((name) => !name.endsWith('-wal')))
        copyFileSync(join(after, name), join(folder, name));
      writeFileSync(logOf(folder), log);
      await expectAll(folder);
    }
  });

  it.each(damages)('with %s is an error, never an older state', (_, damage, message) => {
    const folder = kill();
    writeFileSync(logOf(folder), damage(readFileSync(logOf(folder))));
    expectDamage(folder, message);
    // Even where the file has it all: the log's rest would put older pages over the file's.
    moveIntoFile();
    const moved = kill();
    writeFileSync(logOf(moved), damage(readFileSync(logOf(moved))));
    expectDamage(moved, message);
  });

  it.each(unreadable)('%s is an error while the file lacks its pages', (_, damage) => {
    const folder = kill();
    writeFileSync(logOf(folder), damage(readFileSync(logOf(folder))));
    expectDamage(folder, /the beginning of its write-ahead log cannot be read/);
  });

  it('that is gone is an error while the file lacks its pages', () => {
    const folder = kill();
    rmSync(logOf(folder));
    expectDamage(folder, /its write-ahead log is missing/);
  });

  it('that was not copied, nor its index, is an error where the tables were in it', () => {
    const folder = kill();
    for (const suffix of ['-wal', '-shm']) rmSync(join(folder, `liveinsight.db${suffix}`));
    for (let start = 0; start < 2; start += 1)
      expect(() => sqliteStore({ path: folder })).toThrow(/its tables are missing.*restore a backup/);
  });

  it('without an index that can be read is taken as SQLite takes it', async () => {
    for (const bytes of [0, 20, 100]) {
      const folder = kill();
      truncateSync(join(folder, 'liveinsight.db-shm'), bytes);
      await expectAll(folder);
    }
  });
});

function flip(bytes: Buffer, at: number): Buffer {
  const changed = Buffer.from(bytes);
  changed[at] = (changed[at] ?? 0) ^ 1;
  return changed;
}
