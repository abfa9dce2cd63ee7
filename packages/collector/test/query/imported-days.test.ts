/** Until an import is counted everywhere, responses about its days say so. */
import { setImmediate } from 'node:timers/promises';
import type { CodedNote } from '@liveinsight/schema';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask as fetchApi } from '../raw-data/ask.js';
import { ask, DAY_MS } from '../reports/log.js';
import { ADMIN_KEY, READ_KEY, type Stack, startStack } from '../stack.js';

const DAY = new Date(Date.now() - 5 * DAY_MS).toISOString().slice(0, 10);
const AT = Date.parse(DAY) + DAY_MS / 2;

describe('days of an import', () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack({ adminKeys: [ADMIN_KEY], rollUpEverySeconds: 0 });
    const line = {
      ...{ received_at: AT, session: { session_id: 's1' }, visitor_id: 'v1' },
      events: [
        {
          ...{ event_id: 'e1', event_type: 'page_view', timestamp: AT },
          ...{ page_url: 'https://shop.example/', view: 1 },
        },
      ],
    };
    const init = { method: 'POST', body: JSON.stringify(line) };
    const reply = await fetchApi(stack.collector, '/api/import?site=shop', init);
    expect(reply.status).toBe(200);
  });
  afterAll(() => stack.close());

  async function codes(path: string): Promise<CodedNote[]> {
    const { code, data, message } = await ask<{ notes?: string[]; note_codes?: CodedNote[] }>(stack, path);
    expect(code, message).toBe(200);
    expect(data.notes?.length).toBe(data.note_codes?.length);
    return (data.note_codes ?? []).filter(({ code: one }) => one === 'import_pending');
  }
  const NOTED = [{ code: 'import_pending', at: `${DAY}T00:00:00.000Z`, count: 1 }];

  it.each([
    '/stats?from=10d',
    '/stats?from=2d&compare=custom&compare_from=6d',
    '/stats?from=10d&breakdown=page&page=/',
    '/funnel?from=10d&steps=page:/,page:/cart',
    '/revenue?from=10d',
    '/journeys?from=10d',
    '/sessions?from=10d',
  ])('are noted in %s', async (path) => {
    expect(await codes(path)).toEqual(NOTED);
  });

  it('are noted in a file', async () => {
    const reply = await stack.collector.fetch(
      new Request('http://collector/api/stats?from=10d&breakdown=page&format=csv', {
        headers: { authorization: `Bearer ${READ_KEY}` },
      }),
    );
    expect(reply.headers.get('x-note-codes')).toBe('import_pending');
  });

  it.each(['/stats?from=10d', '/revenue?from=10d'])(
    'that cannot be read fail no process where %s is rejected',
    async (path) => {
      const unhandled: unknown[] = [];
      const note = (error: unknown) => unhandled.push(error);
      const { markedDays } = stack.store;
      process.on('unhandledRejection', note);
      stack.store.markedDays = () => Promise.reject(new Error('throttled'));
      try {
        expect((await ask(stack, `${path}&traffic=nobodys`)).code).toBe(400);
        await setImmediate();
      } finally {
        stack.store.markedDays = markedDays;
        process.off('unhandledRejection', note);
      }
      expect(unhandled).toEqual([]);
    },
  );

  it('are not noted of other days, nor once they are counted', async () => {
    expect(await codes('/stats?from=2d')).toEqual([]);
    const before = await ask(stack, '/stats?from=10d&interval=day');
    // As minutes later.
    await stack.store.markDay('shop', { day: DAY, cause: 'import', marked_at: Date.now() - 600_000 });
    await stack.collector.rollUp();
    expect(await codes('/stats?from=10d')).toEqual([]);
    const after = await ask<{ totals: { page_views: number } }>(stack, '/stats?from=10d&interval=day');
    expect(after.data.totals.page_views).toBe(1);
    expect(before.data).toBeDefined();
  });
});
