/** Files that a disk, or somebody's copy, has damaged: said by name, with what to do, and never taken for an empty store. */
import { readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sampleBatch } from '@liveinsight/testing/contracts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sqliteStore } from '../../src/storage/sqlite/store.js';
import { startSqlite } from '../sqlite.js';
import { createRandom } from '../tail/random.js';

const SESSIONS = 400;
const PAGE_BYTES = 4_096;
const append = (store: ReturnType<typeof sqliteStore>, index: number) =>
  store.append(
    sampleBatch([`event-${index}`], {
      site: 'shop',
      session_id: `session-${index}`,
      batch: `event-${index}`,
    }),
  );

describe('a damaged folder', () => {
  let path = '';
  let remove = async () => {};
  let closed: Buffer;
  const file = (suffix = '') => join(path, `liveinsight.db${suffix}`);

  beforeEach(async () => {
    const started = startSqlite();
    path = started.path;
    await Promise.all(Array.from({ length: SESSIONS }, (_, index) => append(started.store, index)));
    await started.store.close();
    closed = readFileSync(file());
    remove = async () => rmSync(path, { recursive: true, force: true });
  });
  afterEach(() => remove());

  /** What a start finds: an error at once, one of a read, one of `/ready`, or all sessions. */
  async function open(): Promise<string> {
    let store: ReturnType<typeof sqliteStore>;
    try {
      store = sqliteStore({ path });
    } catch (error) {
      return String(error);
    }
    try {
      const read = await Promise.all(
        Array.from({ length: SESSIONS }, (_, index) => store.session('shop', `session-${index}`)),
      );
      await store.ping();
      return `${read.filter((batches) => batches.length === 1).length} sessions`;
    } catch (error) {
      return String(error);
    } finally {
      await store.close().catch(() => {});
    }
  }

  it('is refused by name, with the remedy, where the file is cut or its beginning is not what it was', async () => {
    for (const bytes of [100, 2_000, 3 * PAGE_BYTES, Math.floor(closed.length / 2)]) {
      writeFileSync(file(), closed);
      truncateSync(file(), bytes);
      expect(await open(), `cut to ${bytes} bytes`).toMatch(/restore a backup/);
      expect(readFileSync(file()).length, 'left as it is').toBe(bytes);
    }
    const garbled = Buffer.from(closed);
    garbled.fill(0xa5, 0, 64);
    rmSync(file('-wal'), { force: true });
    writeFileSync(file(), garbled);
    expect(await open()).toMatch(/restore a backup/);
    writeFileSync(file(), '');
    expect(await open()).toMatch(/its database is missing or empty.*restore a backup/);
    rmSync(file());
    expect(await open()).toMatch(/its database is missing or empty.*restore a backup/);
  });

  it('never loses sessions in silence where pages of it are garbled', async () => {
    const random = createRandom(7);
    const outcomes = new Set<string>();
    for (let round = 0; round < 12; round += 1) {
      const garbled = Buffer.from(closed);
      const page = 1 + random.int(closed.length / PAGE_BYTES - 1);
      for (let at = 0; at < PAGE_BYTES; at += 1) garbled[page * PAGE_BYTES + at] = random.int(256);
      writeFileSync(file(), garbled);
      const outcome = await open();
      outcomes.add(outcome.replace(/page \d+.*/, 'page'));
      if (outcome !== `${SESSIONS} sessions`) expect(outcome, `page ${page}`).toMatch(/restore a backup/);
    }
    expect(outcomes.size).toBeGreaterThan(1);
  });
});
