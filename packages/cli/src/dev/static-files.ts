/** Serves a folder of files from memory, under clean addresses: `/about` is `about.html`. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join, sep } from 'node:path';

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

interface File {
  body: Buffer;
  type: string;
  etag: string;
}

export function staticFiles(folder: string): (request: IncomingMessage, response: ServerResponse) => void {
  const files = new Map<string, File>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const body = readFileSync(path);
    const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 16)}"`;
    const name = path.slice(folder.length).split(sep).join('/').replace(/^\/*/, '/');
    files.set(name, { body, type: TYPES[extname(path)] ?? 'application/octet-stream', etag });
  }
  const find = (path: string) =>
    files.get(path) ?? files.get(`${path}.html`) ?? files.get(path.replace(/\/$/, '/index.html'));

  return (request, response) => {
    const [path = '/'] = (request.url ?? '/').split(/[?#]/, 1);
    const file = find(path);
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.writeHead(405, { allow: 'GET, HEAD' }).end();
    } else if (!file) {
      const page = files.get('/404.html');
      response.writeHead(404, { 'content-type': page?.type ?? 'text/plain' }).end(page?.body);
    } else if (request.headers['if-none-match'] === file.etag) {
      response.writeHead(304, { etag: file.etag }).end();
    } else {
      const headers = { 'content-type': file.type, etag: file.etag, 'cache-control': 'no-cache' };
      response.writeHead(200, { ...headers, 'content-length': file.body.length });
      response.end(request.method === 'HEAD' ? undefined : file.body);
    }
  };
}
