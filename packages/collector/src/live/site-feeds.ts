/** The watches of a collector's sites, each begun when it is first asked for. */
import { setMaxListeners } from 'node:events';
import type { ResolvedSite } from '../sites/site-registry.js';
import type { Arrival } from '../storage/arrival.js';
import type { Store } from '../storage/event-store.js';
import { type Watch, watchSite } from './site-feed.js';

export type LiveListener = (arrival: Arrival) => void;

export interface Watches {
  of(site: ResolvedSite): Watch;
  /** A person of the site was erased: the site's view forgets whom it knows, and reads what is left. */
  forget(site: string): void;
  /** Tells of what this process has stored at a site; put together only where somebody hears of it. */
  announce(site: string, arrival: () => Arrival): void;
  /** Hears of what this process stores, at whatever site. Returns the way to stop. */
  subscribe(listener: LiveListener): () => void;
  /** Aborted by `close`. */
  readonly closing: AbortSignal;
  close(): Promise<void>;
}

export function createWatches(store: Store, countBots: boolean): Watches {
  const watches = new Map<string, Watch>();
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
  function watched(site: string): Watch | undefined {
    const watch = watches.get(site);
    if (!watch?.isIdle()) return watch;
    watches.delete(site);
    void watch.close();
    return undefined;
  }

  return {
    get closing() {
      return whenClosing().signal;
    },
    of(site) {
      let watch = watches.get(site.id);
      if (!watch) {
        watch = watchSite(site, store, countBots);
        watches.set(site.id, watch);
      }
      return watch;
    },
    forget: (site) => watches.get(site)?.startOver(),
    announce(site, toArrival) {
      const watch = watched(site);
      // A site that nobody looks at costs nothing.
      if (!watch && listeners.size === 0) return;
      const arrival = toArrival();
      watch?.tell(arrival);
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
      await Promise.all([...watches.values()].map((watch) => watch.close()));
    },
  };
}
