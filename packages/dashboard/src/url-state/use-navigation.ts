/** The browser's address bar as state: going somewhere is a change of the URL, and back goes back. */
import { useCallback, useEffect, useState } from 'preact/hooks';
import {
  formatUrlState,
  parseUrlState,
  type UrlState,
  type UrlStateChange,
  updateUrlState,
} from './url-state.js';

export interface Navigation {
  urlState: UrlState;
  /** @param how `replace`: without a step for the back button. Default `push`. */
  go(change: UrlStateChange, how?: 'push' | 'replace'): void;
  /** For links: they work in new tabs too, and within the page without loading it again. */
  hrefTo(change: UrlStateChange): string;
}

export function useNavigation(): Navigation {
  const [search, setSearch] = useState(location.search);
  const urlState = parseUrlState(search);

  const move = useCallback((to: string, how: 'push' | 'replace') => {
    const url = to || location.pathname;
    if (how === 'replace') history.replaceState(null, '', url);
    else if (to !== location.search) history.pushState(null, '', url);
    setSearch(to);
  }, []);

  useEffect(() => {
    const follow = () => setSearch(location.search);
    const stay = (event: MouseEvent) => {
      const href = plainLink(event);
      if (href === undefined) return;
      event.preventDefault();
      move(new URL(href, location.href).search, 'push');
    };
    addEventListener('popstate', follow);
    document.addEventListener('click', stay);
    return () => {
      removeEventListener('popstate', follow);
      document.removeEventListener('click', stay);
    };
  }, [move]);

  return {
    urlState,
    go: (change, how = 'push') =>
      move(formatUrlState(updateUrlState(parseUrlState(location.search), change)), how),
    hrefTo: (change) => formatUrlState(updateUrlState(urlState, change)) || '?',
  };
}

/** The link's address within this page, where the click means to go there in this tab. */
function plainLink(event: MouseEvent): string | undefined {
  if (event.defaultPrevented || event.button !== 0) return undefined;
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return undefined;
  const link = event.target instanceof Element ? event.target.closest('a') : null;
  const href = link?.getAttribute('href');
  return href?.startsWith('?') && !link?.target ? href : undefined;
}
