import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { createTables, dynamoStore } from '@liveinsight/collector/dynamodb';
import { type Dynalite, startDynalite } from '@liveinsight/collector/local';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HttpLedger } from './http-ledger.js';

const program = fileURLToPath(new URL('./server-process.js', import.meta.url));

describe('a collector’s process', () => {
  let database: Dynalite;
  let children: ChildProcess[];
  beforeEach(async () => {
    children = [];
    database = await startDynalite();
    await createTables(database);
  });
  afterEach(async () => {
    for (const child of children) child.kill('SIGKILL');
    await database.close();
  });

  async function start() {
    const child = fork(program, [database.endpoint], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
    children.push(child);
    const [port] = await once(child, 'message');
    return {
      child,
      fetch: (path: string, init?: RequestInit) => fetch(`http://127.0.0.1:${port}${path}`, init),
    };
  }

  /** Sends over several connections until nobody answers any more; `halfway` is called in the midst of it. */
  async function loadUntilGone(ledger: HttpLedger, halfway: () => void): Promise<void> {
    let answered = 0;
    await Promise.all(
      Array.from({ length: 8 }, async (_, worker) => {
        for (let at = 0; (await ledger.send(ledger.batch(`w${worker}-${at}`))) !== 0; at += 1) {
          answered += 1;
          if (answered === 100) halfway();
        }
      }),
    );
  }

  it('that is killed mid-load has stored all that it acknowledged, and another takes the rest, nothing twice', async () => {
    const { child, fetch } = await start();
    const ledger = new HttpLedger(fetch);
    await loadUntilGone(ledger, () => child.kill('SIGKILL'));
    expect(ledger.acknowledged.size).toBeLessThan(ledger.sent.size);
    const store = dynamoStore(database);
    await ledger.expectKept(store);
    const second = await start();
    await ledger.sendUntilStored(second.fetch);
    await ledger.expectKept(store);
    expect(ledger.acknowledged.size).toBe(ledger.sent.size);
    await store.close();
  });

  it('that is told to end answers what it has begun, and ends by itself', async () => {
    const { child, fetch } = await start();
    const ledger = new HttpLedger(fetch);
    const ended = once(child, 'exit');
    await loadUntilGone(ledger, () => child.kill('SIGTERM'));
    expect(await ended).toEqual([0, null]);
    expect([...ledger.answers.keys()].filter((code) => code !== 200 && code !== 503 && code !== 0)).toEqual(
      [],
    );
    const store = dynamoStore(database);
    await ledger.expectKept(store);
    await store.close();
  });
});
