/** A bucket on loopback: what an export asks of S3. */
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface LoopbackS3 {
  endpoint: string;
  /** By `/bucket/key`. */
  files: Map<string, { content: string; writtenAt: Date }>;
  close(): void;
}

/** Takes small files in one piece, as the SDK sends them. */
export async function startLoopbackS3(): Promise<LoopbackS3> {
  const files: LoopbackS3['files'] = new Map();
  const server = createServer(async (request, response) => {
    const [path = ''] = (request.url ?? '').split('?');
    const found = files.get(path);
    if (request.method === 'PUT') {
      files.set(path, { content: await bodyOf(request), writtenAt: new Date() });
      response.setHeader('etag', '"1"').end();
    } else if (request.method === 'HEAD' && found) {
      response.setHeader('last-modified', found.writtenAt.toUTCString()).end();
    } else response.writeHead(404).end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    files,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** Without the framing that the SDK puts around bodies with a checksum behind them. */
async function bodyOf(request: IncomingMessage): Promise<string> {
  const body = await text(request);
  if (!request.headers['content-encoding']?.includes('aws-chunked')) return body;
  let content = '';
  for (let rest = body; ; ) {
    const [head = ''] = rest.split('\r\n', 1);
    const length = Number.parseInt(head, 16);
    if (!length) return content;
    const bytes = Buffer.from(rest.slice(head.length + 2));
    content += bytes.subarray(0, length).toString();
    rest = bytes.subarray(length + 2).toString();
  }
}
