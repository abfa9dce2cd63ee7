/** Event ids that a sender uses in several sessions: one rule for hours, days and the live view. */
import { createCollector } from '@liveinsight/collector';
import type { RealtimeData, StatsData } from '@liveinsight/schema';
import { afterEach, expect, it } from 'vitest';
import { post, READ_KEY, readReply, SECRET, type Stack, startStack } from '../stack.js';

const HOUR_MS = 3_600_000;
const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';

let stack: Stack;
afterEach(() => stack.close());

it('count once in each session, before and after their day is closed, and in the live view', async () => {
  stack = await startStack({ rollUpEverySeconds: 0 });
  const events = [{ event_type: 'page_view', event_id: 'twice', view: 1 }];
  const send = async (session_id: string, batch: string) => {
    const body = post({ batch, session: { session_id }, events }, { 'user-agent': FIREFOX });
    return (await readReply(await stack.collector.fetch(new Request('http://c/api/events', body)))).data;
  };
  const ask = async <Data>(of: typeof stack.collector, path: string) => {
    const headers = { 'x-api-key': READ_KEY };
    return (await readReply<Data>(await of.fetch(new Request(`http://c/api/${path}`, { headers })))).data;
  };
  // Somebody looks at the live page.
  await ask<RealtimeData>(stack.collector, 'realtime');
  for (const session of ['one', 'two']) {
    expect(await send(session, 'twice')).toMatchObject({ accepted: 1 });
    // What is sent again is the same event.
    expect(await send(session, 'twice')).toMatchObject({ accepted: 1 });
  }
  const range = `from=${Date.now() - HOUR_MS}&to=${Date.now() + HOUR_MS}`;
  const live = await ask<RealtimeData>(stack.collector, 'realtime');
  const before = await ask<StatsData>(stack.collector, `stats?${range}`);

  const differences: unknown[] = [];
  const later = createCollector({
    store: { ...stack.store, now: () => Date.now() + 30 * HOUR_MS },
    secret: SECRET,
    sites: [{ id: 'shop' }],
    readKeys: [READ_KEY],
    rollUpEverySeconds: 0,
    onRollupMismatch: (difference) => differences.push(difference),
  });
  await later.rollUp();
  const closed = await ask<StatsData>(later, `stats?${range}&interval=day`);
  expect(differences).toEqual([]);
  expect([before.totals.events, closed.totals.events]).toEqual([2, 2]);
  expect([before.totals.sessions, closed.totals.sessions]).toEqual([2, 2]);
  expect(live.events.filter(({ event_id }) => event_id === 'twice')).toHaveLength(2);
});
