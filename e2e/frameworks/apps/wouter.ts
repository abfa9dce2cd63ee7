import { type Framework, SCRIPT_TAG, SLOW_MS } from '../framework.js';

const main = (imports: string, open: string, close: string) => `import { lazy, Suspense } from 'react';
import { createRoot } from 'react-dom/client';
import { Link, Redirect, Route } from 'wouter';
${imports}
const page = (title) => () => <><title>{title}</title><h1>{title}</h1></>;
const Slow = lazy(() => new Promise((done) => setTimeout(done, ${SLOW_MS}, { default: page('Three') })));
const App = () => <>${open}
  <Link id="two" href="/two">2</Link> <Link id="three" href="/three">3</Link> <Link id="old" href="/old">old</Link>
  <Route path="/one" component={page('One')} /><Route path="/two" component={page('Two')} />
  <Route path="/three"><Suspense><Slow /></Suspense></Route>
  <Route path="/old"><Redirect to="/two" replace /></Route>
${close}</>;
createRoot(document.getElementById('root')).render(<App />);`;

export const wouter: Framework = {
  name: 'wouter',
  package: 'wouter',
  router: '`<Link>`, `<Redirect>`',
  dependencies: { wouter: '3', react: '19', 'react-dom': '19', vite: '8', '@vitejs/plugin-react': '6' },
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
