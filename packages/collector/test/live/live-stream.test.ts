import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { post, READ_KEY, type Stack, startStack } from '../stack.js';

describe('the live stream', () => {
  let stack: Stack;
  beforeEach(async () => {
    stack = await startStack({ sites: [{ id: 'shop' }, { id: 'blog' }] });
  });
  afterEach(() => stack.close());

  const send = (event_id: string, site = 'shop') =>
    stack.collector.fetch(
      new Request(
        'http://collector/events',
        post({ event_type: 'click', event_id, session_id: 's-1', site }),
      ),
    );

  async function listen(headers: Record<string, string> = {}) {
    const request = new Request('http://collector/api/live', {
      headers: { 'x-api-key': READ_KEY, ...headers },
    });
    const { body } = await stack.collector.fetch(request);
    const reader = (body ?? new ReadableStream()).pipeThrough(new TextDecoderStream()).getReader();
    let heard = '';
    return {
      /** All that was said until it says this. */
      async until(text: string): Promise<string> {
        while (!heard.includes(text)) {
          const { value, done } = await reader.read();
          if (done) throw new Error(`ended without ${text}`);
          heard += value;
        }
        return heard;
      },
      ended: async () => {
        while (!(await reader.read()).done);
      },
      leave: () => reader.cancel(),
    };
  }

  it('tells of a batch when it is stored, of the site asked for, and once though it is sent again', async () => {
    const live = await listen();
    await send('e-1', 'blog');
    await send('e-2');
    await send('e-2');
    await send('e-3');
    const heard = await live.until('e-3');
    expect(heard).not.toContain('"e-1"');
    expect(heard.match(/^event: batch$/gm)).toHaveLength(2);
    const data = JSON.parse(/^data: (.*e-2.*)$/m.exec(heard)?.[1] ?? '{}');
    expect(data).toMatchObject({ site: 'shop', session_id: 's-1', events: [{ event_id: 'e-2', page: '' }] });
    await live.leave();
  });

  it('goes on after the last event that a listener has', async () => {
    const first = await listen();
    await send('e-1');
    const id = /^id: (\S+)$/m.exec(await first.until('e-1'))?.[1] ?? '';
    await first.leave();
    await send('e-2');
    const again = await listen({ 'last-event-id': id });
    const heard = await again.until('e-2');
    expect(heard).not.toContain('"e-1"');
    // Of another process it is only known when that was: seconds around it are told again.
    const elsewhere = id.replace(/^\w+/, '00000000');
    const stranger = await listen({ 'last-event-id': elsewhere });
    expect(await stranger.until('e-2')).toContain('e-1');
    await again.leave();
    await stranger.leave();
  });

  it('ends when the collector closes', async () => {
    const live = await listen();
    await live.until(': live');
    await stack.collector.close();
    await live.ended();
  });

  it('answers the sender whatever a listener in the process does', async () => {
    stack.collector.onBatch(() => {
      throw new Error('a listener that fails');
    });
    expect((await send('e-1')).status).toBe(200);
  });

  it('tells the process itself too', async () => {
    const heard: string[] = [];
    const stop = stack.collector.onBatch(({ events }) => {
      heard.push(...events.map(({ event_id }) => event_id));
    });
    await send('e-1');
    stop();
    await send('e-2');
    expect(heard).toEqual(['e-1']);
  });
});
