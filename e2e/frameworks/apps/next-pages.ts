import { type Framework, pageFiles, SCRIPT_TAG, SLOW_MS } from '../framework.js';

const links = `<Link id="two" href="/two">2</Link> <Link id="three" href="/three">3</Link> <Link id="old" href="/old">old</Link>`;

const page = (title: string) => `import Head from 'next/head';
export default function Page() { return <><Head><title>${title}</title></Head><h1>${title}</h1></>; }
${
  title === 'Three'
    ? `export async function getServerSideProps() { await new Promise((done) => setTimeout(done, ${SLOW_MS})); return { props: {} }; }`
    : ''
}`;

const document = `import { Head, Html, Main, NextScript } from 'next/document';
export default function Document() {
  return <Html><Head>${SCRIPT_TAG}</Head><body><Main /><NextScript /></body></Html>;
}`;

export const nextPages: Framework = {
  name: 'Next.js, Pages Router',
  package: 'next',
  router: '`next/link`, `redirect` of `getServerSideProps`',
  dependencies: { next: '16', react: '19', 'react-dom': '19' },
  entryPoint: '@liveinsight/tracker/next',
  files: (install) => ({
    ...pageFiles((path) => `pages/${path}.jsx`, page),
    'pages/old.jsx': `export default function Page() { return null; }
export const getServerSideProps = () => ({ redirect: { destination: '/two', permanent: false } });`,
    ...(install === 'npm'
      ? {
          'pages/_app.jsx': `import Link from 'next/link';
import { TrackerProvider } from '@liveinsight/tracker/next';
export default function App({ Component, pageProps }) {
  return <TrackerProvider site="shop">${links}<Component {...pageProps} /></TrackerProvider>;
}`,
        }
      : {
          'pages/_document.jsx': document,
          'pages/_app.jsx': `import Link from 'next/link';
export default function App({ Component, pageProps }) { return <>${links}<Component {...pageProps} /></>; }`,
        }),
  }),
  build: ['next', 'build'],
  start: (port) => ['next', 'start', '--hostname', '127.0.0.1', '--port', port],
};
