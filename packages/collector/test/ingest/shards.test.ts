import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createShardPicker, shardPlan, shardsOn } from '../../src/sites/sharding.js';
import { post, READ_KEY, type Stack, startStack } from '../stack.js';

const KEY = Buffer.from('a key of the shards');
const at = (instant: string) => Date.parse(instant);

describe('a session’s shard', () => {
  const plan = shardPlan([
    { from: '2026-03-01T12:00:00Z', count: 4 },
    { from: at('2026-03-02T12:00:00Z'), count: 2 },
  ]);

  it('follows the steps of the site’s count', () => {
    const shardAt = createShardPicker(plan, KEY, 'session-7');
    expect(shardAt(at('2026-03-01T11:59:59Z'))).toBe(0);
    const four = shardAt(at('2026-03-01T12:00:00Z'));
    const two = shardAt(at('2026-03-02T12:00:00Z'));
    expect(four).toBeLessThan(4);
    expect(two).toBe(four % 2);
  });

  it('is spread evenly, and by the key', () => {
    const counts = [0, 0, 0, 0];
    let moved = 0;
    for (let session = 0; session < 4_000; session += 1) {
      const shard = createShardPicker(shardPlan(4), KEY, `s-${session}`)(0);
      counts[shard] = (counts[shard] ?? 0) + 1;
      if (createShardPicker(shardPlan(4), Buffer.from('another key'), `s-${session}`)(0) !== shard)
        moved += 1;
    }
    for (const count of counts) expect(count).toBeGreaterThan(850);
    expect(moved).toBeGreaterThan(2_500);
  });

  it('is among those that readers ask for on its day', () => {
    expect(shardsOn(plan, '2026-02-28')).toBe(1);
    expect(shardsOn(plan, '2026-03-01')).toBe(4);
    expect(shardsOn(plan, '2026-03-02')).toBe(4);
    expect(shardsOn(plan, '2026-03-03')).toBe(2);
  });
});

describe('numbers of a site with shards', () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack({ sites: [{ id: 'shop', shards: 5 }] });
  });
  afterAll(() => stack.close());

  it('are those of all its shards', async () => {
    const sessions = Array.from({ length: 30 }, (_, session) => `s-${session}`);
    for (const session_id of sessions) {
      const body = {
        session: { session_id },
        events: [{ event_type: 'page_view' }, { event_type: 'click' }],
      };
      await stack.collector.fetch(new Request('http://collector/events', post(body)));
    }
    const headers = { 'x-api-key': READ_KEY };
    const stats = await stack.collector.fetch(new Request('http://collector/stats', { headers }));
    expect(await stats.json()).toMatchObject({
      data: { totals: { sessions: 30, events: 60, page_views: 30 } },
    });
  });
});
