/** What every settings store must do, whatever it is built on. */

import type { SettingsStore } from '@liveinsight/collector';
import { describe, expect, it } from 'vitest';
import { newSite, type StartFixture, useFixture } from './store-fixture.js';

/** Runs the contract of `SettingsStore` on an empty database. */
export function describeSettingsStore(name: string, start: StartFixture<SettingsStore>): void {
  describe(name, () => {
    const fixture = useFixture(start);

    describe('keeps settings', () => {
      it('by site and kind, changed only from the version that was read', async () => {
        const site = newSite();
        const first = { kind: 'funnel', id: 'b', version: 1, body: '{"name":"größe"}' } as const;
        expect(await fixture.store.settings(site, 'funnel')).toEqual([]);
        expect(await fixture.store.putSetting(site, first)).toBe(true);
        expect(await fixture.store.putSetting(site, first)).toBe(false);
        const second = { ...first, version: 2, body: '{}' };
        const puts = await Promise.all([
          fixture.store.putSetting(site, second),
          fixture.store.putSetting(site, second),
        ]);
        expect(puts.sort()).toEqual([false, true]);
        expect(await fixture.store.putSetting(site, { ...first, version: 4 })).toBe(false);
        await fixture.store.putSetting(site, { ...first, id: 'a' });
        await fixture.store.putSetting(site, { ...first, kind: 'alert' });
        await fixture.store.putSetting(newSite(), first);
        expect(await fixture.store.settings(site, 'funnel')).toEqual([{ ...first, id: 'a' }, second]);
      });

      it('until they are deleted', async () => {
        const site = newSite();
        const setting = { kind: 'annotation', id: 'a', version: 1, body: '{}' } as const;
        await fixture.store.putSetting(site, setting);
        expect(await fixture.store.deleteSetting(site, 'annotation', 'a')).toBe(true);
        expect(await fixture.store.deleteSetting(site, 'annotation', 'a')).toBe(false);
        expect(await fixture.store.settings(site, 'annotation')).toEqual([]);
        expect(await fixture.store.putSetting(site, { ...setting, version: 2 })).toBe(false);
      });
    });
  });
}
