import { type Framework, PAGES, SCRIPT_TAG, SLOW_MS } from '../framework.js';

/** Pages from a server, whose links htmx follows: it fetches them, exchanges the body and sets the title. */
const server = `import { createServer } from 'node:http';
import { readFileSync } from 'node:fs';
const pages = { ${PAGES.map((title) => `'/${title.toLowerCase()}': '${title}'`).join(', ')} };
const htmx = readFileSync('node_modules/htmx.org/dist/htmx.min.js');
createServer((request, response) => {
  if (request.url === '/htmx.js') return response.setHeader('Content-Type', 'text/javascript').end(htmx);
  if (request.url === '/old') return response.writeHead(302, { Location: '/two' }).end();
  const title = pages[request.url];
  if (!title) return response.writeHead(404).end();
  response.setHeader('Content-Type', 'text/html');
  const html = \`<!doctype html><html><head><title>\${title}</title><script src="/htmx.js"></script>${SCRIPT_TAG}</head>
<body hx-boost="true"><a id="two" href="/two">2</a> <a id="three" href="/three">3</a> <a id="old" href="/old">old</a><h1>\${title}</h1></body></html>\`;
  setTimeout(() => response.end(html), title === 'Three' ? ${SLOW_MS} : 0);
}).listen(process.env.PORT, '127.0.0.1');`;

export const htmx: Framework = {
  name: 'htmx',
  package: 'htmx.org',
  router: '`hx-boost`, redirect of the server',
  dependencies: { 'htmx.org': '2' },
  files: () => ({ 'server.js': server }),
  start: () => ['node', 'server.js'],
};
