import { createCollector } from '@liveinsight/collector';
import { dynamoStore } from '@liveinsight/collector/dynamodb';
import { startDynalite } from '@liveinsight/collector/local';
import { expect, it } from 'vitest';
import { storeFailureLog } from '../../src/ingest/store-failure-log.js';
import type { StoreFailure } from '../../src/storage/store-failure.js';
import { post, SECRET } from '../stack.js';

it('events that the store could not take are told to whoever runs the collector, with the cause', async () => {
  const gone = await startDynalite();
  await gone.close();
  const told: StoreFailure[] = [];
  const collector = createCollector({
    store: dynamoStore(gone),
    secret: SECRET,
    sites: [{ id: 'shop' }],
    defaultSite: 'shop',
    onStoreError: (unstored) => told.push(unstored),
  });
  const events = [{ event_type: 'click' }, { event_type: 'click' }];
  const reply = await collector.fetch(new Request('http://collector/api/events', post({ events })));
  expect(reply.status).toBe(503);
  expect(told).toEqual([{ events: 2, cause: expect.stringMatching(/ECONNREFUSED.*start the database/) }]);
  await collector.close();
});

it('the log has one line at once, and at most one in ten seconds, with the sum since', () => {
  const lines: string[] = [];
  let now = 0;
  const log = storeFailureLog(
    (line) => lines.push(line),
    () => now,
  );
  for (now = 0; now <= 10_000; now += 1_000) log({ events: 3, cause: 'too much' });
  expect(lines.map((line) => Number(/\d+/.exec(line)?.[0]))).toEqual([3, 30]);
  expect(lines[1]).toMatch(/to be sent again: too much$/);
});
