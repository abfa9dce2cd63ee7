/** What Next.js renders in a browser: a client component around the pages, hydrated, whose router replaces the URL at its start. */
import { TrackerProvider, useTracker } from '@liveinsight/tracker/next';
import { createElement, StrictMode, useEffect, useInsertionEffect, useState } from 'react';
import { hydrateRoot } from 'react-dom/client';

function Page() {
  const { track } = useTracker();
  const [path, setPath] = useState('/');
  // The App Router writes the URL as it commits, the first one too.
  useInsertionEffect(() => {
    if (path === '/') history.replaceState({ tree: 1 }, '', location.href);
    else history.pushState({ tree: 2 }, '', path);
  }, [path]);
  useEffect(() => track('mounted'), [track]);
  const buy = () => {
    track('bought', { plan: 'pro' });
    setPath('/product');
  };
  return createElement('button', { type: 'button', onClick: buy }, path);
}

const root = document.body.appendChild(document.createElement('div'));
root.innerHTML = '<button type="button">/</button>';
hydrateRoot(
  root,
  createElement(StrictMode, null, createElement(TrackerProvider, { site: 'shop' }, createElement(Page))),
);
