import { type Framework, pageFiles, SCRIPT_TAG, SLOW_MS } from '../framework.js';

const links = `<Link id="two" href="/two">2</Link> <Link id="three" href="/three">3</Link> <Link id="old" href="/old">old</Link>`;

const page = (title: string) =>
  title === 'Three'
    ? `export const dynamic = 'force-dynamic';
export async function generateMetadata() { await new Promise((done) => setTimeout(done, ${SLOW_MS})); return { title: 'Three' }; }
export default function Page() { return <h1>Three</h1>; }`
    : `export const metadata = { title: '${title}' };
export default function Page() { return <h1>${title}</h1>; }`;

export const nextApp: Framework = {
  name: 'Next.js, App Router',
  package: 'next',
  router: '`next/link`, `redirect()`',
  dependencies: { next: '16', react: '19', 'react-dom': '19' },
  entryPoint: '@liveinsight/tracker/next',
  files: (install) => ({
    ...pageFiles((path) => `app/${path}/page.jsx`, page),
    'app/old/page.jsx': `import { redirect } from 'next/navigation';
export const dynamic = 'force-dynamic';
export default function Page() { redirect('/two'); }`,
    'app/layout.jsx':
      install === 'npm'
        ? `import Link from 'next/link';
import { TrackerProvider } from '@liveinsight/tracker/next';
export default function Layout({ children }) {
  return <html><body><TrackerProvider site="shop">${links}{children}</TrackerProvider></body></html>;
}`
        : `import Link from 'next/link';
export default function Layout({ children }) {
  return <html><body>${SCRIPT_TAG}${links}{children}</body></html>;
}`,
  }),
  build: ['next', 'build'],
  start: (port) => ['next', 'start', '--hostname', '127.0.0.1', '--port', port],
};
