/** What the contract suites of stores share. */

import { afterAll, beforeAll } from 'vitest';

/** A database that several stores can be opened on, as by several processes. */
export interface StoreFixture<Port> {
  /** Another store on the same data. If it has `close`, the suite calls it. */
  open(): Port;
  /** Ends the database. */
  close(): Promise<void>;
}

export type StartFixture<Port> = () => Promise<StoreFixture<Port>>;

/** A fixture while a suite runs. */
export interface RunningFixture<Port> {
  /** The store that most tests use. */
  readonly store: Port;
  open(): Port;
}

/** Starts the fixture before the tests of a suite, and ends it after them. */
export function useFixture<Port extends object>(start: StartFixture<Port>): RunningFixture<Port> {
  let started: StoreFixture<Port> | undefined;
  let store: Port | undefined;
  const running = () => {
    if (!started) throw new Error('the fixture is not started');
    return started;
  };
  beforeAll(async () => {
    started = await start();
    store = started.open();
  }, 60_000);
  afterAll(async () => {
    if (store && 'close' in store && typeof store.close === 'function') await store.close();
    await started?.close();
  });
  return {
    get store() {
      store ??= running().open();
      return store;
    },
    open: () => running().open(),
  };
}

let sites = 0;

/** Every test has a site of its own, so that none sees another's data; each name is the beginning of others, as `site-1` of `site-12`. */
export const newSite = () => `site-${++sites}`;
