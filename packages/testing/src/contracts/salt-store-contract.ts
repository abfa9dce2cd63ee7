/** What every salt store must do, whatever it is built on. */

import type { SaltStore } from '@liveinsight/collector';
import { describe, expect, it } from 'vitest';
import { type StartFixture, useFixture } from './store-fixture.js';
import { DAY_MS, utcDay } from './utc-day.js';

/** Runs the contract of `SaltStore` on an empty database. */
export function describeSaltStore(name: string, start: StartFixture<SaltStore>): void {
  describe(name, () => {
    const fixture = useFixture(start);
    const today = Math.floor(Date.now() / DAY_MS) * DAY_MS;
    const hex = async (day: number) =>
      Buffer.from(await fixture.store.dailySalt(utcDay(day))).toString('hex');

    it('gives everyone who asks for a day the same salt, and each day another one', async () => {
      const salts = await Promise.all(Array.from({ length: 5 }, () => hex(today)));
      expect(new Set(salts).size).toBe(1);
      expect(salts[0]).toMatch(/^[0-9a-f]{32,}$/);
      expect(await hex(today + DAY_MS)).not.toBe(salts[0]);
    });

    it('deletes the salts of days that began before a time, and no others', async () => {
      const [yesterday, later] = [await hex(today - DAY_MS), await hex(today + 2 * DAY_MS)];
      await fixture.store.deleteSalts(today);
      expect(await hex(today - DAY_MS)).not.toBe(yesterday);
      expect(await hex(today + 2 * DAY_MS)).toBe(later);
    });
  });
}
