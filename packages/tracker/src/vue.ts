/** Vue: a plugin that starts the page's tracker, and a composable that hands it out. */
import { type App, type InjectionKey, inject } from 'vue';
import { deferTracker, missing } from './lazy-tracker.js';
import type { EventMap, EventsOf, Tracker, TrackerOptions } from './options.js';

const KEY: InjectionKey<Tracker> = Symbol('liveinsight');

/** `app.use(liveInsight({ site: 'shop' }))`. With Vue Router, the first view is that of the route it has settled on. */
export const liveInsight = (options: TrackerOptions) => ({
  install(app: App): void {
    const { tracker, start } = deferTracker(options);
    app.provide(KEY, tracker);
    // The router may be installed after this plugin. A first route that fails is viewed all the same.
    Promise.resolve()
      .then(() => app.config.globalProperties.$router?.isReady())
      .then(start, start);
  },
});

/** The app's tracker. On the server its calls do nothing. */
export function useTracker<Events extends EventsOf<Events> = EventMap>(): Tracker<Events> {
  return (inject(KEY, undefined) ??
    missing("app.use(liveInsight({ site: '…' }))")) as unknown as Tracker<Events>;
}
