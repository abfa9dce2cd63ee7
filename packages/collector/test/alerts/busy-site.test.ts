import type { Store } from '@liveinsight/collector';
import { createTables, dynamoStore } from '@liveinsight/collector/dynamodb';
import { type Dynalite, startDynalite } from '@liveinsight/collector/local';
import { sampleBatch } from '@liveinsight/testing/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadAlerts } from '../../src/alerts/alert-repository.js';
import type { AlertRule } from '../../src/alerts/alert-state.js';
import { putRule, QUIET, roundAt } from './fixture.js';

const BATCHES = 30;
const LOOKED_AT = 10;

describe('An alert of a site with more batches than a round looks at', () => {
  let database: Dynalite;
  let store: Store;
  beforeAll(async () => {
    database = await startDynalite();
    await createTables(database);
    store = dynamoStore(database);
    const batches = Array.from({ length: BATCHES }, (_, at) =>
      sampleBatch([`event-${at}`], { site: 'busy', session_id: `s${at}`, visitor_id: `v${at}` }),
    );
    // As servers and pages without consent send them: without ordinals.
    for (const { events } of batches) for (const event of events) Reflect.deleteProperty(event, 'view');
    for (const { kind } of await Promise.all(batches.map((batch) => store.append(batch)))) {
      expect(kind).toBe('stored');
    }
  });
  afterAll(async () => {
    await store.close();
    await database.close();
  });

  const rules: [string, Partial<AlertRule>, string, number | null][] = [
    ['knows sums from the rollups and their tail', { metric: 'page_views', threshold: 29 }, 'firing', 30],
    ['and is quiet by them', { metric: 'page_views', comparison: 'below', threshold: 30 }, 'ok', 30],
    [
      'and counts sessions as statistics do',
      { metric: 'sessions', comparison: 'below', threshold: 29 },
      'ok',
      30,
    ],
    ['knows that others are above', { metric: 'active_sessions', threshold: 9 }, 'firing', null],
    ['that they are not below', { metric: 'visitors', comparison: 'below', threshold: 10 }, 'ok', null],
    ['or nothing: it stays', { metric: 'visitors', comparison: 'below', threshold: 25 }, 'ok', null],
    [
      'also of a page',
      { metric: 'page_views', dimension: 'page', value: '/products/1', threshold: 9 },
      'firing',
      null,
    ],
    ['nothing of shares', { metric: 'bounce_rate', threshold: 0 }, 'ok', null],
  ];

  it('is decided by what is known', async () => {
    for (const [id, rule] of rules)
      await putRule(store, 'busy', { ...QUIET, comparison: 'above', ...rule }, id);
    await roundAt(store, 'busy', () => store.now(), undefined, LOOKED_AT);
    const kept = new Map((await loadAlerts(store, 'busy')).map(({ id, state }) => [id, state?.state]));
    const known = rules.map(([id]) => [id, kept.get(id)?.status, kept.get(id)?.value]);
    expect(known).toEqual(rules.map(([id, , status, value]) => [id, status, value]));
  });
});
