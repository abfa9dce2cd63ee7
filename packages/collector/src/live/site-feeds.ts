/** The watches of a collector's sites, each begun when it is first asked for. */
import { setMaxListeners } from 'node:events';
import type { ResolvedSite } from '../sites/site-registry.js';
import type { Arrival } from '../storage/arrival.js';
import type { Store } from '../storage/event-store.js';
import { createSiteFeed, type SiteFeed } from './site-feed.js';

export type LiveListener = (arrival: Arrival) => void;

export interface SiteFeeds {
  get(site: ResolvedSite): SiteFeed;
  /** A person of the site was erased: the site's view forgets whom it knows, and reads what is left. */
  forget(site: string): void;
  /** Tells of what this process has stored at a site; put together only where somebody hears of it. */
  publish(site: string, arrival: () => Arrival): void;
  /** Hears of what this process stores, at whatever site. Returns the way to stop. */
  subscribe(listener: LiveListener): () => void;
  /** Aborted by `close`. */
  readonly closing: AbortSignal;
  close(): Promise<void>;
}

export function createSiteFeeds(store: Store, countBots: boolean): SiteFeeds {
  const feeds = new Map<string, SiteFeed>();
  const listeners = new Set<LiveListener>();
  // Made when first asked for: Workers forbid it outside of requests, where collectors are made.
  let closing: AbortController | undefined;
  const whenClosing = () => {
    if (!closing) {
      closing = new AbortController();
      // Every reader waits for it.
      setMaxListeners(0, closing.signal);
    }
    return closing;
  };
  /** A view that nobody looks at any more is dropped: the next to look reads it again. */
  function activeFeed(site: string): SiteFeed | undefined {
    const feed = feeds.get(site);
    if (!feed?.isIdle()) return feed;
    feeds.delete(site);
    void feed.close();
    return undefined;
  }

  return {
    get closing() {
      return whenClosing().signal;
    },
    get(site) {
      let feed = feeds.get(site.id);
      if (!feed) {
        feed = createSiteFeed(site, store, countBots);
        feeds.set(site.id, feed);
      }
      return feed;
    },
    forget: (site) => feeds.get(site)?.startOver(),
    publish(site, toArrival) {
      const feed = activeFeed(site);
      // A site that nobody looks at costs nothing.
      if (!feed && listeners.size === 0) return;
      const arrival = toArrival();
      feed?.publish(arrival);
      for (const listener of listeners) {
        try {
          listener(arrival);
        } catch (error) {
          // What is stored is stored: the sender's answer does not depend on who listens.
          console.error('LiveInsight: a listener of onBatch failed:', error);
        }
      }
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async close() {
      whenClosing().abort();
      await Promise.all([...feeds.values()].map((feed) => feed.close()));
    },
  };
}
