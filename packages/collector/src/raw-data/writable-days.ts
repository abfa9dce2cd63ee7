/** Which days take an import, and the marks by which their numbers are aggregated again. */

import type { Issue } from '@liveinsight/schema';
import { shardsOn } from '../sites/sharding.js';
import type { ResolvedSite } from '../sites/site-registry.js';
import type { Store } from '../storage/event-store.js';
import type { DayMark } from '../storage/rollup-store.js';
import { DAY_MS, HOUR_MS, utcDay } from '../time/ms.js';

/** Rollups leave a mark alone until its writes have settled, minutes later: one this young covers a write that starts now. */
const MARK_VALID_MS = 30_000;

export interface WritableDays {
  /** Resolves when a batch that was received then (ms) may be written; with an issue where it may not. */
  reserve(site: ResolvedSite, receivedAt: number): Promise<Issue | undefined>;
  /** Marks all reserved days again: to be called after the last write. Resolves to their sites. */
  markAgain(): Promise<Set<string>>;
}

/** For one import: it remembers what it has asked. */
export function createWritableDays(store: Store): WritableDays {
  const checks = new Map<string, Promise<Issue | undefined>>();
  const marked = new Map<string, { site: string; day: string; at: number }>();
  const histories = new Map<string, Promise<DayMark[]>>();

  /** The days of a site whose numbers come from imports alone. */
  function getHistory({ id }: ResolvedSite): Promise<DayMark[]> {
    const known = histories.get(id) ?? store.markedDays(id, 'history');
    histories.set(id, known);
    return known;
  }

  /** What was aggregated from raw data that is gone cannot be aggregated again together with an import's. */
  async function checkDay(site: ResolvedSite, day: string): Promise<Issue | undefined> {
    const now = store.now();
    const retentionMs = (site.retentionDays - 1) * DAY_MS;
    const start = Date.parse(day);
    if (start + retentionMs > now) return undefined;
    const history = (await getHistory(site)).find((mark) => mark.day === day);
    if (history) return history.marked_at + retentionMs > now ? undefined : expired(site, day);
    if (await hasRollups(store, site, start)) return expired(site, day);
    // The last import that is taken keeps its data until then.
    await store.markDay(site.id, { day, cause: 'history', marked_at: now }, 2 * site.retentionDays);
    return undefined;
  }

  async function mark(site: string, day: string): Promise<void> {
    const at = store.now();
    await store.markDay(site, { day, cause: 'import', marked_at: at });
    marked.set(`${site}#${day}`, { site, day, at });
  }

  return {
    async reserve(site, receivedAt) {
      if (receivedAt > store.now()) return IN_THE_FUTURE;
      const day = utcDay(receivedAt);
      const key = `${site.id}#${day}`;
      const check = checks.get(key) ?? checkDay(site, day);
      checks.set(key, check);
      const issue = await check;
      if (issue) return issue;
      if (store.now() - (marked.get(key)?.at ?? 0) > MARK_VALID_MS) await mark(site.id, day);
      return undefined;
    },
    async markAgain() {
      for (const { site, day } of marked.values()) await mark(site, day);
      return new Set([...marked.values()].map(({ site }) => site));
    },
  };
}

/** Hours of the reporting zone that overlap the UTC day. */
async function hasRollups(store: Store, site: ResolvedSite, start: number): Promise<boolean> {
  const day = utcDay(start);
  for (let shard = 0; shard < shardsOn(site.shards, day); shard += 1) {
    const range = { site: site.id, shard, from: start - HOUR_MS + 1, to: start + DAY_MS };
    const { states } = await store.rollups({ ...range, kind: 'hour' }, { consistent: true });
    if (states.length > 0) return true;
  }
  return false;
}

const IN_THE_FUTURE: Issue = {
  code: 'invalid_value',
  path: 'received_at',
  message: 'received_at must not be in the future',
};

const expired = ({ id }: ResolvedSite, day: string): Issue => ({
  code: 'day_expired',
  path: 'received_at',
  message: `raw data of site ${id} for ${day} has expired: imports into that day are no longer accepted`,
});
