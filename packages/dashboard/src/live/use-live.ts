import { useEffect, useState } from 'preact/hooks';
import { useApp } from '../hooks/app-context.js';
import { type LiveState, openFeed } from './feed.js';

const NOTHING_YET: LiveState = {
  now: undefined,
  events: [],
  conversions: [],
  freshness: 'waiting',
  updatedAt: undefined,
  error: undefined,
  isPolled: false,
};

/** What happens now at the site, as long as the part that asks is shown. */
export function useLive(): LiveState {
  const { client, site, onError } = useApp();
  const [state, setState] = useState(NOTHING_YET);
  useEffect(() => {
    const opened = openFeed({
      client,
      site: site.id,
      onError,
      onChange: () => setState(opened.state()),
    });
    const wake = () => document.hidden || opened.wake();
    document.addEventListener('visibilitychange', wake);
    return () => {
      document.removeEventListener('visibilitychange', wake);
      opened.close();
    };
  }, [client, site.id, onError]);
  return state;
}
