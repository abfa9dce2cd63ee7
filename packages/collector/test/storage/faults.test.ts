import { createTables, dynamoStore } from '@liveinsight/collector/dynamodb';
import { type Fault, type FaultPlan, injectFaults } from '@liveinsight/testing/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Database, databases } from './databases.js';
import { batchesOf, Ledger } from './ledger.js';

const sessions = ['session-0', 'session-1', 'session-2'];
const third = () => Math.random() < 1 / 3;
const oneOf = <T>(list: readonly T[]): T => list[Math.floor(Math.random() * list.length)] as T;

const throttled: FaultPlan = ({ body }) =>
  third() ? (body.Statements ? { kind: 'throttled', statements: third } : { kind: 'throttled' }) : undefined;

const failures: Fault[] = [
  { kind: 'failed' },
  { kind: 'failed', executed: true },
  { kind: 'timed_out' },
  { kind: 'timed_out', landsAfterMs: 30 },
  { kind: 'timed_out', landsAfterMs: 1 },
];

const plans: Record<string, FaultPlan> = {
  'throttling a third of calls, and of their statements': throttled,
  'failing on a third of calls, some of which are done nevertheless, at once or later': () =>
    third() ? oneOf(failures) : undefined,
  'slow on a third of calls': () => (third() ? { kind: 'slow', delayMs: 30 } : undefined),
  'all of that at once': (request) =>
    oneOf<FaultPlan>([
      throttled,
      () => oneOf(failures),
      () => ({ kind: 'slow', delayMs: 10 }),
      () => undefined,
      () => undefined,
    ])(request),
};

for (const { name, start, suite } of databases) {
  suite(`With ${name}`, () => {
    let database: Database;
    beforeAll(async () => {
      database = await start();
      await createTables(database);
    }, 60_000);
    afterAll(() => database?.close());

    describe.each(Object.entries(plans))('%s', (fault, plan) => {
      it('keeps what it acknowledged, nothing twice, and names the rest for a retry that succeeds', async () => {
        const site = `site-${Object.keys(plans).indexOf(fault)}`;
        const faults = injectFaults(plan);
        const faulty = { ...database, middleware: faults.middleware };
        const stores = [dynamoStore(faulty), dynamoStore(faulty)];
        const sound = dynamoStore(database);
        const ledger = new Ledger();
        const batches = batchesOf(site, 120, sessions);

        await Promise.all(
          batches.map(async (batch, at) => {
            // Some clients have lost the answer, and send again what was stored.
            for (let send = 0; send <= at % 3; send += 1) await ledger.append(oneOf(stores), batch);
          }),
        );
        await ledger.expectKept(sound, site, sessions);
        await Promise.all(batches.map((batch) => ledger.persist(oneOf(stores), batch)));
        await faults.landed();
        const stored = await ledger.expectKept(sound, site, sessions);

        expect(stored).toHaveLength(ledger.sent.size);
        expect(Object.values(faults.counts).reduce((sum, count) => sum + count)).toBeGreaterThan(0);
        await expectFound(sound, site, batches);
        await Promise.all([...stores, sound].map((store) => store.close()));
      });
    });
  });
}

/** Whatever failed on the way, what was acknowledged can be found by its day and by its user. */
async function expectFound(
  store: ReturnType<typeof dynamoStore>,
  site: string,
  batches: ReturnType<typeof batchesOf>,
): Promise<void> {
  const [first] = await store.session(site, 'session-0');
  const day = new Date(first?.received_at ?? 0).toISOString().slice(0, 10);
  expect(await store.activeSites(day)).toContain(site);
  for (const { user_id, session_id } of batches) {
    if (user_id !== undefined) expect(await store.sessionsOfUser(site, user_id)).toContain(session_id);
  }
}
