/** What a store must do that has all ports. */

import type { Store } from '@liveinsight/collector';
import { afterAll, beforeAll, describe } from 'vitest';
import { describeEventStore } from './event-store-contract.js';
import { describeRollupStore } from './rollup-store-contract.js';
import { describeSaltStore } from './salt-store-contract.js';
import { describeSettingsStore } from './settings-store-contract.js';
import type { StartFixture, StoreFixture } from './store-fixture.js';

/** Runs the contracts of all four ports on one empty database. */
export function describeStore(name: string, start: StartFixture<Store>): void {
  describe(name, () => {
    let fixture: StoreFixture<Store> | undefined;
    beforeAll(async () => {
      fixture = await start();
    }, 60_000);
    afterAll(() => fixture?.close());

    const shared = async (): Promise<StoreFixture<Store>> => {
      if (!fixture) throw new Error('the fixture is not started');
      return { open: fixture.open, close: async () => {} };
    };
    describeEventStore('as an event store', shared);
    describeRollupStore('as a rollup store', shared);
    describeSettingsStore('as a settings store', shared);
    describeSaltStore('as a salt store', shared);
  });
}
