import { afterEach, describe, expect, it } from 'vitest';
import { MAX_LIVE_READERS, MAX_LIVE_READERS_PER_KEY } from '../../src/budgets.js';
import { ADMIN_KEY, READ_KEY, readReply, type Stack, startStack } from '../stack.js';

describe('readers of the live stream', () => {
  let stack: Stack;
  const gone: AbortController[] = [];
  afterEach(async () => {
    for (const reader of gone.splice(0)) reader.abort();
    await stack.close();
  });

  async function connect(key: string) {
    const reader = new AbortController();
    gone.push(reader);
    const request = new Request('https://collector.example/api/live', {
      headers: { authorization: `Bearer ${key}` },
      signal: reader.signal,
    });
    return stack.collector.fetch(request);
  }

  it('are bounded for each key, whichever header it comes in, and make room when they go', async () => {
    const warnings: string[] = [];
    const onWarning = ({ name }: Error) => void warnings.push(name);
    process.on('warning', onWarning);
    stack = await startStack({ adminKeys: [ADMIN_KEY] });
    const open = [];
    for (let n = 0; n < MAX_LIVE_READERS_PER_KEY; n += 1) open.push(await connect(READ_KEY));
    expect(new Set(open.map(({ status }) => status))).toEqual(new Set([200]));

    const byHeader = new Request('https://collector.example/api/live', {
      headers: { 'x-api-key': READ_KEY },
    });
    for (const response of [await connect(READ_KEY), await stack.collector.fetch(byHeader)]) {
      expect(response.headers.get('retry-after')).toBe('30');
      const { code, message } = await readReply(response);
      expect(code).toBe(429);
      expect(message).toContain(`${MAX_LIVE_READERS_PER_KEY} live streams`);
    }
    // Another key has its own, and one that is no key costs nobody anything.
    expect((await connect(ADMIN_KEY)).status).toBe(200);
    expect((await connect('no-key-of-ours')).status).toBe(401);

    await open[0]?.body?.cancel();
    gone[1]?.abort();
    expect((await connect(READ_KEY)).status).toBe(200);
    expect((await connect(READ_KEY)).status).toBe(200);
    expect((await connect(READ_KEY)).status).toBe(429);
    process.off('warning', onWarning);
    expect(warnings).toEqual([]);
  });

  it('are bounded for each process', async () => {
    const keys = Array.from(
      { length: MAX_LIVE_READERS / MAX_LIVE_READERS_PER_KEY + 1 },
      (_, n) => `a-read-key-of-the-team-${n}`,
    );
    stack = await startStack({ readKeys: keys });
    const [last = '', ...full] = keys.reverse();
    for (const key of full)
      for (let n = 0; n < MAX_LIVE_READERS_PER_KEY; n += 1) expect((await connect(key)).status).toBe(200);
    const refused = await readReply(await connect(last));
    expect(refused.code).toBe(503);
    expect(refused.message).toContain(`${MAX_LIVE_READERS} live streams`);
    gone[0]?.abort();
    expect((await connect(last)).status).toBe(200);
  });
});
