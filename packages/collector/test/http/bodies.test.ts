/** Bodies as they really come in over a socket. */
import { once } from 'node:events';
import { createConnection } from 'node:net';
import { toNodeListener } from '@liveinsight/collector/node';
import type { MountedCollector } from '@liveinsight/testing/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listen } from '../adapters/fixtures.js';
import { post, readReply, type Stack, startStack, storedEvents } from '../stack.js';

describe('a body over a socket', () => {
  let stack: Stack;
  let mounted: MountedCollector;
  let port: number;
  beforeAll(async () => {
    stack = await startStack();
    mounted = await listen(toNodeListener(stack.collector));
    port = Number(new URL((await mounted.fetch('/health')).url).port);
  });
  afterAll(async () => {
    await mounted.close();
    await stack.close();
  });

  const event = (session: string) => `{"event_type":"click","session_id":"${session}"}`;

  it('of no known length is taken in pieces, and refused at the limit', async () => {
    const pieces = (count: number, text: string) =>
      new ReadableStream({
        start(controller) {
          for (let at = 0; at < count; at += 1) controller.enqueue(Buffer.from(text));
          controller.close();
        },
      });
    const init = (body: ReadableStream) => ({ method: 'POST', body, duplex: 'half' }) as RequestInit;
    const small = await mounted.fetch('/events', init(pieces(1, event('pieces'))));
    expect(small.status).toBe(200);
    const large = await readReply(await mounted.fetch('/events', init(pieces(40, ' '.repeat(10_000)))));
    expect(large).toMatchObject({ code: 413, data: { issues: [{ code: 'body_too_large' }] } });
  });

  it('whose sender goes away half-way stores nothing and disturbs nobody', async () => {
    const socket = createConnection(port, '127.0.0.1');
    await once(socket, 'connect');
    const text = event('half');
    socket.write(
      `POST /events HTTP/1.1\r\nhost: x\r\ncontent-length: ${text.length}\r\n\r\n${text.slice(0, 20)}`,
    );
    await mounted.fetch('/health');
    socket.destroy();
    await once(socket, 'close');
    expect((await mounted.fetch('/events', post(event('whole')))).status).toBe(200);
    expect(await storedEvents(stack.store, 'half')).toEqual([]);
    expect(await storedEvents(stack.store, 'whole')).toHaveLength(1);
  });

  it('may begin with a byte order mark', async () => {
    const { code } = await readReply(await mounted.fetch('/events', post(`\ufeff${event('marked')}`)));
    expect(code).toBe(200);
  });
});
