import { type Framework, pageFiles, SCRIPT_TAG, SLOW_MS } from '../framework.js';

const links = `<Link id="two" to="/two">2</Link> <Link id="three" to="/three">3</Link> <Link id="old" to="/old">old</Link>`;

const page = (title: string) => `export const meta = () => [{ title: '${title}' }];
export default function Page() { return <h1>${title}</h1>; }
${
  title === 'Three'
    ? `export async function loader() { await new Promise((done) => setTimeout(done, ${SLOW_MS})); return null; }`
    : ''
}`;

const root = (
  head: string,
  body: string,
  imports: string,
) => `import { Link, Links, Meta, Outlet, Scripts } from 'react-router';
${imports}
export default function Root() {
  return <html><head><Meta /><Links />${head}</head><body>${body}<Scripts /></body></html>;
}`;

/** Its packages ask for each other in the very same release, and are not all published at once. */
const RELEASE = '8.4.0';

export const reactRouter: Framework = {
  name: 'React Router, framework mode',
  package: 'react-router',
  router: '`<Link>`, `redirect()` of a loader',
  dependencies: {
    'react-router': RELEASE,
    '@react-router/dev': RELEASE,
    '@react-router/node': RELEASE,
    '@react-router/serve': RELEASE,
    isbot: '5',
    react: '19',
    'react-dom': '19',
    vite: '8',
    typescript: '6',
  },
  entryPoint: '@liveinsight/tracker/react',
  files: (install) => ({
    'vite.config.js': `import { reactRouter } from '@react-router/dev/vite';
export default { plugins: [reactRouter()] };`,
    'app/routes.js': `import { route } from '@react-router/dev/routes';
export default ['one', 'two', 'three', 'old'].map((path) => route(path, path + '.jsx'));`,
    'app/root.jsx':
      install === 'npm'
        ? root(
            '',
            `<TrackerProvider site="shop">${links}<Outlet /></TrackerProvider>`,
            `import { TrackerProvider } from '@liveinsight/tracker/react';`,
          )
        : root(SCRIPT_TAG, `${links}<Outlet />`, ''),
    ...pageFiles((path) => `app/${path}.jsx`, page),
    'app/old.jsx': `import { redirect } from 'react-router';
export const loader = () => redirect('/two');
export default function Page() { return null; }`,
  }),
  build: ['react-router', 'build'],
  start: () => ['react-router-serve', 'build/server/index.js'],
};
