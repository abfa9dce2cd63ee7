import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { createTables, dynamoStore } from '@liveinsight/collector/dynamodb';
import { startDynalite } from '@liveinsight/collector/local';
import { sampleBatch } from '@liveinsight/testing/contracts';
import { afterEach, expect, it } from 'vitest';
import { batchesOf, Ledger } from './ledger.js';

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

function start(script: string, ...args: string[]) {
  const path = fileURLToPath(new URL(`processes/${script}`, import.meta.url));
  const child = spawn(process.execPath, ['--no-warnings', path, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  ends.push(() => kill(child));
  return { child, lines: createInterface({ input: child.stdout }) };
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill('SIGKILL');
  await exit;
}

async function startDatabase(path: string, port = 0) {
  const { child, lines } = start('dynalite.mjs', path, String(port));
  const [endpoint] = (await once(lines, 'line')) as [string];
  return { child, endpoint, port: Number(new URL(endpoint).port) };
}

function dataDirectory(): string {
  const path = mkdtempSync(join(tmpdir(), 'liveinsight-'));
  ends.push(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

it('a database killed under load has all that was acknowledged, and takes the rest when it is back', async () => {
  const path = dataDirectory();
  const { child, endpoint, port } = await startDatabase(path);
  await createTables({ endpoint });
  const store = dynamoStore({ endpoint });
  const sessions = ['session-0', 'session-1'];
  const batches = batchesOf('shop', 600, sessions);
  const ledger = new Ledger();
  let killed: Promise<void> | undefined;
  await Promise.all(
    batches.map(async (batch) => {
      await ledger.append(store, batch);
      // Mid-load: a third is answered, the rest is on its way.
      if (ledger.outcomes.stored >= 200) killed ??= kill(child);
    }),
  );
  await killed;
  expect(ledger.outcomes.retry).toBeGreaterThan(0);
  await expect(store.ping()).rejects.toThrow('nothing listens there');

  await startDatabase(path, port);
  await store.ping();
  await ledger.expectKept(store, 'shop', sessions);
  for (const batch of batches) await ledger.persist(store, batch);
  expect(await ledger.expectKept(store, 'shop', sessions)).toHaveLength(ledger.sent.size);
  await store.close();
}, 60_000);

it('a collector killed under load has stored all that it acknowledged, and another takes its retries', async () => {
  const { endpoint, close } = await startDynalite();
  ends.push(close);
  await createTables({ endpoint });
  const { child, lines } = start('sender.mjs', endpoint, 'shop');
  const acknowledged: string[][] = [];
  for await (const line of lines) {
    const [kind, ...ids] = line.split(' ');
    expect(kind).toBe('stored');
    acknowledged.push(ids);
    if (acknowledged.length === 300) void kill(child);
  }

  const store = dynamoStore({ endpoint });
  const storedIds = async () => {
    const parts = Array.from({ length: 8 }, (_, line) => store.session('shop', `session-line-${line}`));
    return (await Promise.all(parts)).flat().flatMap(({ events }) => events.map(({ event_id }) => event_id));
  };
  expect(await storedIds()).toEqual(expect.arrayContaining(acknowledged.flat()));
  for (const [batch = '', second = ''] of acknowledged) {
    const session_id = `session-${batch.split('-').slice(0, 2).join('-')}`;
    expect(await store.append(sampleBatch([batch, second], { session_id }))).toMatchObject({
      kind: 'stored',
    });
  }
  const stored = await storedIds();
  expect(new Set(stored).size).toBe(stored.length);
  await store.close();
}, 60_000);
