import { type Framework, PAGES, SCRIPT_TAG, SLOW_MS } from '../framework.js';

/** Pages from a server, as Rails, Laravel or Django make them; Turbo fetches them and exchanges the body. */
const server = `import { createServer } from 'node:http';
import { readFileSync } from 'node:fs';
const pages = { ${PAGES.map((title) => `'/${title.toLowerCase()}': '${title}'`).join(', ')} };
const turbo = readFileSync('node_modules/@hotwired/turbo/dist/turbo.es2017-umd.js');
createServer((request, response) => {
  if (request.url === '/turbo.js') return response.setHeader('Content-Type', 'text/javascript').end(turbo);
  if (request.url === '/old') return response.writeHead(302, { Location: '/two' }).end();
  const title = pages[request.url];
  if (!title) return response.writeHead(404).end();
  response.setHeader('Content-Type', 'text/html');
  const html = \`<!doctype html><html><head><title>\${title}</title><script src="/turbo.js"></script>${SCRIPT_TAG}</head>
<body><a id="two" href="/two">2</a> <a id="three" href="/three">3</a> <a id="old" href="/old">old</a><h1>\${title}</h1></body></html>\`;
  setTimeout(() => response.end(html), title === 'Three' ? ${SLOW_MS} : 0);
}).listen(process.env.PORT, '127.0.0.1');`;

export const turbo: Framework = {
  name: 'Turbo (Rails, Laravel)',
  package: '@hotwired/turbo',
  router: 'links, redirect of the server',
  dependencies: { '@hotwired/turbo': '8' },
  files: () => ({ 'server.js': server }),
  start: () => ['node', 'server.js'],
};
