import { createTables, dynamoStore } from '@liveinsight/collector/dynamodb';
import { lean } from '@liveinsight/collector/lean';
import { injectFaults, sampleBatch } from '@liveinsight/testing/contracts';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Database, databases } from './databases.js';
import { Ledger } from './ledger.js';

/** One delivery: some of the events of a tracker's batch, through one of several processes, that goes one of several ways. */
const delivery = fc.record({
  events: fc.subarray(['a', 'b', 'c', 'd', 'e'], { minLength: 1 }),
  name: fc.constantFrom('a', 'd'),
  process: fc.nat(2),
  way: fc.constantFrom('sound', 'sound', 'answer lost', 'never arrives', 'lands late'),
  /** Whether it starts while those before are still under way. */
  overlaps: fc.boolean(),
});

/** Several at once, each at a site and in processes of its own: most of their time, they wait before they try again. */
const histories = fc.array(fc.array(delivery, { minLength: 1, maxLength: 12 }), {
  minLength: 8,
  maxLength: 8,
});

for (const { name, start, suite } of databases) {
  suite(`On ${name}`, () => {
    let database: Database;
    beforeAll(async () => {
      database = await start();
      await createTables(database);
    }, 60_000);
    afterAll(() => database?.close());

    let site = 0;
    it('no interleaving of retries, pieces and tabs over several processes loses an event or stores it twice', async () => {
      await fc.assert(
        fc.asyncProperty(histories, async (played) => {
          await Promise.all(
            played.map((deliveries) => {
              site += 1;
              return play(database, `site-${site}`, deliveries);
            }),
          );
        }),
        { numRuns: 5, endOnFailure: true },
      );
    }, 60_000);
  });
}

type Delivery = typeof delivery extends fc.Arbitrary<infer Value> ? Value : never;

async function play(database: Database, site: string, deliveries: Delivery[]): Promise<void> {
  let way: Delivery['way'] = 'sound';
  const faults = injectFaults(({ operation }) => {
    if (operation === 'Query' || way === 'sound') return undefined;
    if (way === 'answer lost') return { kind: 'failed', executed: true };
    return way === 'lands late' ? { kind: 'timed_out', landsAfterMs: 3 } : { kind: 'timed_out' };
  });
  const start = () => dynamoStore({ driver: lean(database), middleware: faults.middleware });
  const processes = [0, 1, 2].map(start);
  const onlooker = start();
  const ledger = new Ledger();
  // An event keeps the name of the batch it was first packed into: the events of `d` are others than those of `a`.
  const send = ({ events, name, process }: Delivery) => {
    const ids = events.map((event) => `${name}-${event}`);
    const batch = sampleBatch(ids, { site, batch: name });
    return ledger.append(processes[process] ?? onlooker, batch);
  };

  let underWay: Promise<unknown>[] = [];
  for (const one of deliveries) {
    if (!one.overlaps) {
      await Promise.all(underWay);
      underWay = [];
    }
    way = one.way;
    underWay.push(send(one));
  }
  await Promise.all(underWay);
  await ledger.expectKept(onlooker, site, ['session-1']);
  way = 'sound';
  for (const one of deliveries) expect((await send(one)).kind).toBe('stored');
  await faults.landed();
  const stored = await ledger.expectKept(onlooker, site, ['session-1']);
  expect(stored.toSorted()).toEqual([...ledger.sent].sort());
  await Promise.all([onlooker, ...processes].map((store) => store.close()));
}
