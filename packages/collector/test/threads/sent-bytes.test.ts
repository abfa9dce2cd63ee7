/** What is read a piece at a time passes from thread to thread a piece at a time: never the buffer that a piece is a part of. */
import { MessageChannel } from 'node:worker_threads';
import { expect, it } from 'vitest';
import type { CollectorRequest } from '../../src/http/request.js';
import { createReplyBodies } from '../../src/threads/reply-bodies.js';
import { createRequestBodies } from '../../src/threads/request-bodies.js';

const PIECE = 10;
const file = new Uint8Array(1_000_000).map((_, index) => index % 251);
const piece = file.subarray(500, 500 + PIECE);

/** As the other thread gets it. */
async function send(bytes: Uint8Array | undefined): Promise<Uint8Array> {
  const { port1, port2 } = new MessageChannel();
  const received = new Promise<Uint8Array>((resolve) => port2.once('message', resolve));
  port1.postMessage(bytes);
  const got = await received;
  port1.close();
  return got;
}

async function expectAlone(bytes: Uint8Array | undefined): Promise<void> {
  const received = await send(bytes);
  expect([...received]).toEqual([...piece]);
  expect(received.buffer.byteLength).toBe(PIECE);
}

it('sends a piece of a download without the rest of its buffer', async () => {
  const bodies = createReplyBodies(() => {});
  bodies.add(
    1,
    new ReadableStream({
      start(controller) {
        controller.enqueue(piece);
        controller.close();
      },
    }),
  );
  await expectAlone(await bodies.next(1));
  expect(await bodies.next(1)).toBeUndefined();
});

it('sends a request body, and a piece of one, without the rest of its buffer', async () => {
  const bodies = createRequestBodies();
  const request: CollectorRequest = {
    method: 'POST',
    url: '/api/import',
    header: () => undefined,
    body: async () => piece,
    async *stream() {
      yield piece;
    },
  };
  bodies.add(1, request);
  await expectAlone(await bodies.body(1, PIECE));
  await expectAlone(await bodies.nextOfBody(1));
  expect(await bodies.nextOfBody(1)).toBeUndefined();
});
