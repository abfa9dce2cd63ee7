/** A React app under StrictMode: tracks as it mounts, and on a button that goes to another page. */
import { TrackerProvider, useTracker } from '@liveinsight/tracker/react';
import { createElement, StrictMode, useEffect, useState } from 'react';
import { createRoot } from 'react-dom/client';

function Shop() {
  const { track } = useTracker<{ mounted: undefined; bought: { plan: string } }>();
  const [page, setPage] = useState(location.pathname);
  useEffect(() => track('mounted'), [track]);
  const buy = () => {
    track('bought', { plan: 'pro' });
    history.pushState({}, '', '/product');
    setPage('/product');
  };
  return createElement('button', { type: 'button', onClick: buy }, page);
}

createRoot(document.body.appendChild(document.createElement('div'))).render(
  createElement(StrictMode, null, createElement(TrackerProvider, { site: 'shop' }, createElement(Shop))),
);
