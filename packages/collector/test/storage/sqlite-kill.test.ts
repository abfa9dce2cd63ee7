/** One process has the folder, whatever happens to it; what it acknowledged is on the disk. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { sqliteStore } from '@liveinsight/collector/sqlite';
import { afterEach, expect, it } from 'vitest';
import { openConnection } from '../../src/storage/sqlite/driver.js';
import { createRandom } from '../tail/random.js';

/** How often the process is killed: raise it to run for minutes. */
const KILLS = Number(process.env.SQLITE_KILLS ?? 3);
const SEED = Number(process.env.SQLITE_SEED ?? 1);
const script = fileURLToPath(new URL('processes/sqlite.mjs', import.meta.url));
const lines = Array.from({ length: 8 }, (_, name) => `session-line-${name}`);

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

function dataFolder(): string {
  const path = mkdtempSync(join(tmpdir(), 'liveinsight-'));
  ends.push(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

function start(...args: string[]) {
  const child = spawn(process.execPath, ['--no-warnings', script, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  ends.push(() => kill(child));
  return { child, output: createInterface({ input: child.stdout }) };
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill('SIGKILL');
  await exit;
}

it('refuses a folder that another process has, by its id, until that process is gone', async () => {
  const path = dataFolder();
  const { child, output } = start(path);
  await once(output, 'line');
  expect(() => sqliteStore({ path })).toThrow(`the data in ${path} are in use by process ${child.pid}`);
  await kill(child);
  await sqliteStore({ path }).close();
});

it('killed at random under load, has all that it acknowledged, each event once', async () => {
  const path = dataFolder();
  const random = createRandom(SEED);
  const acknowledged = new Set<string>();
  for (let round = 0; round < KILLS; round += 1) {
    const { child, output } = start(path, String(round * 1e6));
    const killAfter = 20 + random.int(1_500);
    let count = 0;
    for await (const line of output) {
      const [kind, ...ids] = line.split(' ');
      if (kind === 'open') continue;
      expect(kind).toBe('stored');
      for (const id of ids) acknowledged.add(id);
      count += 1;
      if (count === killAfter) void kill(child);
    }
    const store = sqliteStore({ path });
    const stored = await Promise.all(lines.map((session) => store.session('shop', session)));
    const ids = stored.flat().flatMap(({ events }) => events.map(({ event_id }) => event_id));
    expect(ids.length, 'none twice').toBe(new Set(ids).size);
    const found = new Set(ids);
    expect([...acknowledged].filter((id) => !found.has(id))).toEqual([]);
    const day = new Date().toISOString().slice(0, 10);
    expect(await store.activeSites(day)).toEqual(['shop']);
    expect(await store.sessionsOfUser('shop', 'user-line-0')).toEqual(['session-line-0']);
    await expect(store.ping()).resolves.toBeUndefined();
    await store.close();
    expect(statSync(join(path, 'liveinsight.db-wal'), { throwIfNoEntry: false })?.size ?? 0).toBe(0);
    const file = openConnection(join(path, 'liveinsight.db'), { readOnly: true });
    expect(file.prepare('PRAGMA integrity_check').all()).toEqual([{ integrity_check: 'ok' }]);
    file.close();
  }
}, 600_000);
