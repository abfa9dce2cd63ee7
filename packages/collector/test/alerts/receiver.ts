/** A webhook's receiver: a real server on loopback that keeps what it was sent. */
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { AlertMessage } from '@liveinsight/schema';

export interface Received {
  headers: IncomingHttpHeaders;
  text: string;
  message: AlertMessage;
}

export interface Receiver {
  url: string;
  received: Received[];
  /** What is answered from now on. Default 204. */
  answer: (reply: ServerResponse) => void;
  /** Resolves when so many were received. */
  has(count: number): Promise<void>;
  close(): Promise<void>;
}

export async function startReceiver(): Promise<Receiver> {
  let told = () => {};
  const server = createServer(async (request, reply) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const text = Buffer.concat(chunks).toString();
    receiver.received.push({ headers: request.headers, text, message: JSON.parse(text) });
    receiver.answer(reply);
    told();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const receiver: Receiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    received: [],
    answer: (reply) => reply.writeHead(204).end(),
    async has(count) {
      while (receiver.received.length < count) {
        await new Promise<void>((resolve) => {
          told = resolve;
        });
      }
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return receiver;
}
