import type { App } from '../app.js';

/** Its packages ask for each other in the very same release, and are not all published at once. */
const release = (version: string): App['dependencies'] => ({
  'react-router': version,
  '@react-router/dev': version,
  '@react-router/node': version,
  '@react-router/serve': version,
  isbot: '5',
  react: '19',
  'react-dom': '19',
  vite: '8',
  typescript: '6',
});

const shared: Pick<App, 'page' | 'type' | 'files'> = {
  page: 'react-router',
  type: 'module',
  files: (tag) => ({
    'vite.config.ts': `import { reactRouter } from '@react-router/dev/vite';
export default { plugins: [reactRouter()] };`,
    'app/root.tsx': `import { Links, Meta, Outlet, Scripts } from 'react-router';
export default function Root() {
  return <html lang="en"><head><Meta /><Links />${tag}</head><body><Outlet /><Scripts /></body></html>;
}`,
    'app/routes/home.tsx': 'export default function Home() { return <h1>Shop</h1>; }',
  }),
};

export const reactRouter7: App = {
  ...shared,
  name: 'React Router 7',
  dependencies: release('7.18.4'),
};

export const reactRouter8: App = {
  ...shared,
  name: 'React Router 8',
  needsNewerNode: true,
  dependencies: release('8.4.0'),
};
