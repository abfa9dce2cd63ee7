/** Faults of the store as a client of the collector sees them. */
import { createCollector } from '@liveinsight/collector';
import { createTables, dynamoStore } from '@liveinsight/collector/dynamodb';
import { startDynalite } from '@liveinsight/collector/local';
import { toNodeListener } from '@liveinsight/collector/node';
import { type Fault, type FaultPlan, injectFaults } from '@liveinsight/testing/contracts';
import { describe, expect, it } from 'vitest';
import { listen } from '../adapters/fixtures.js';
import { readReply, SECRET } from '../stack.js';
import { HttpLedger } from './http-ledger.js';

const OPTIONS = {
  secret: SECRET,
  sites: [{ id: 'shop' }],
  defaultSite: 'shop',
  sessionEventsPerMinute: 1_000_000,
};

const third = () => Math.random() < 1 / 3;
const failures: Fault[] = [
  { kind: 'failed' },
  { kind: 'failed', executed: true },
  { kind: 'timed_out' },
  { kind: 'timed_out', landsAfterMs: 20 },
  { kind: 'slow', delayMs: 20 },
  { kind: 'throttled' },
];
const randomThird: FaultPlan = () =>
  third() ? failures[Math.floor(Math.random() * failures.length)] : undefined;

describe('while the store fails', () => {
  it('a third of its calls, what was answered with 200 is stored, once, and 503 names what to send again', async () => {
    const database = await startDynalite();
    await createTables(database);
    const faults = injectFaults(randomThird);
    const store = dynamoStore({ ...database, middleware: faults.middleware });
    const collector = createCollector({ ...OPTIONS, store });
    const mounted = await listen(toNodeListener(collector));
    const ledger = new HttpLedger(mounted.fetch);

    await Promise.all(
      Array.from({ length: 16 }, async (_, worker) => {
        for (let at = 0; at < 8; at += 1) await ledger.send(ledger.batch(`w${worker}-${at}`));
      }),
    );
    await faults.landed();
    const sound = dynamoStore(database);
    await ledger.expectKept(sound);
    await ledger.sendUntilStored();
    await faults.landed();
    await ledger.expectKept(sound);
    expect(ledger.acknowledged.size).toBe(ledger.sent.size);
    expect(ledger.answers.get(200)).toBeGreaterThan(0);
    expect(ledger.answers.get(503)).toBeGreaterThan(0);
    expect([...ledger.answers.keys()].sort()).toEqual([200, 503]);

    await sound.close();
    await mounted.close();
    await collector.close();
    await database.close();
  });

  it('is away altogether, it is not ready but alive, asks for a retry, and recovers by itself', async () => {
    const first = await startDynalite();
    await createTables(first);
    const port = Number(new URL(first.endpoint).port);
    const collector = createCollector({
      ...OPTIONS,
      readKeys: ['read-key-of-the-tests-1'],
      store: dynamoStore(first),
    });
    const mounted = await listen(toNodeListener(collector));
    const ledger = new HttpLedger(mounted.fetch);
    await ledger.send(ledger.batch('before'));
    expect((await mounted.fetch('/ready')).status).toBe(200);

    await first.close();
    expect(await ledger.send(ledger.batch('during'))).toBe(503);
    const headers = { 'x-api-key': 'read-key-of-the-tests-1' };
    const read = await mounted.fetch('/api/stats', { headers });
    expect({ status: read.status, wait: read.headers.get('retry-after') }).toEqual({
      status: 503,
      wait: '1',
    });
    const ready = await eventually(async () => {
      const reply = await readReply(await mounted.fetch('/ready'));
      return reply.code === 503 ? reply : undefined;
    });
    // What the store says names accounts, roles and addresses: it is for the log.
    for (const text of [JSON.stringify(ready), await read.text()]) {
      expect(text).toContain('the store is not available');
      expect(text).not.toMatch(/ECONNREFUSED|127\.0\.0\.1|AWS_/);
    }
    expect((await mounted.fetch('/health')).status).toBe(200);

    const second = await startDynalite({ port });
    await createTables(second);
    await eventually(async () => ((await mounted.fetch('/ready')).status === 200 ? true : undefined));
    await ledger.sendUntilStored();
    expect(ledger.acknowledged.size).toBe(ledger.sent.size);

    await mounted.close();
    await collector.close();
    await second.close();
  });
});

/** Asks again until there is an answer; the test's own time limit ends it. */
async function eventually<Answer>(ask: () => Promise<Answer | undefined>): Promise<Answer> {
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
