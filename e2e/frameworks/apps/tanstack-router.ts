import { type Framework, SCRIPT_TAG, SLOW_MS } from '../framework.js';

const main = (imports: string, open: string, close: string) => `import { createRoot } from 'react-dom/client';
import { createRootRoute, createRoute, createRouter, HeadContent, Link, Outlet, redirect, RouterProvider } from '@tanstack/react-router';
${imports}
const root = createRootRoute({ component: () => <>${open}<HeadContent /><Link id="two" to="/two">2</Link> <Link id="three" to="/three">3</Link> <Link id="old" to="/old">old</Link><Outlet />${close}</> });
const page = (title, more) => createRoute({ getParentRoute: () => root, path: '/' + title.toLowerCase(), head: () => ({ meta: [{ title }] }), component: () => <h1>{title}</h1>, ...more });
const router = createRouter({ routeTree: root.addChildren([
  page('One'),
  page('Two'),
  page('Three', { loader: () => new Promise((done) => setTimeout(done, ${SLOW_MS})) }),
  page('Old', { beforeLoad: () => { throw redirect({ to: '/two' }); } }),
]) });
createRoot(document.getElementById('root')).render(<RouterProvider router={router} />);`;

export const tanStackRouter: Framework = {
  name: 'TanStack Router',
  package: '@tanstack/react-router',
  router: '`<Link>`, `redirect()` of `beforeLoad`',
  dependencies: {
    '@tanstack/react-router': '1',
    react: '19',
    'react-dom': '19',
    vite: '8',
    '@vitejs/plugin-react': '6',
  },
  entryPoint: '@liveinsight/tracker/react',
  files: (install) => ({
    'vite.config.js': `import react from '@vitejs/plugin-react';
export default { plugins: [react()] };`,
    'index.html': `<!doctype html><html><head>${install === 'npm' ? '' : SCRIPT_TAG}</head>
<body><div id="root"></div><script type="module" src="/main.jsx"></script></body></html>`,
    'main.jsx':
      install === 'npm'
        ? main(
            `import { TrackerProvider } from '@liveinsight/tracker/react';`,
            '<TrackerProvider site="shop">',
            '</TrackerProvider>',
          )
        : main('', '', ''),
  }),
  build: ['vite', 'build'],
  start: (port) => ['vite', 'preview', '--host', '127.0.0.1', '--strictPort', '--port', port],
};
