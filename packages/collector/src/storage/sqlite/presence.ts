/** What leads to a batch besides its name: the day and site it arrived at, its user, and whether it lacks ordinals. */
import { evictOldest } from '../../cache/evict-oldest.js';
import { utcDay } from '../../time/ms.js';
import type { NewBatch } from '../event-store.js';
import { lacksOrdinals, sessionGroup } from '../ordinals.js';
import type { Database } from './database.js';

const DAY_S = 86_400;
/** Presence records outlive the batches they lead to. */
const MARGIN_S = 2 * DAY_S;
/** A record that outlives a batch by this much is not written again. */
const ENOUGH_S = DAY_S;
const MAX_REMEMBERED = 20_000;

/** When a batch arrives, and until when it is stored. */
export interface Stamp {
  /** When it is written, in ms. */
  now: number;
  /** Where it counts, in ms: of an import, another time. */
  receivedAt: number;
  shard: number;
  /** In s. */
  expiresAt: number;
}

/** To be called within the transaction that stores the batch. */
export type MarkPresence = (batch: NewBatch, stamp: Stamp) => void;

export function createPresence(database: Database): MarkPresence {
  /** Until when a record lasts. */
  const known = new Map<string, number>();
  database.onRollback(() => known.clear());
  const { sql } = database;

  function once(key: string, expiresAt: number, write: (until: number) => void): void {
    if ((known.get(key) ?? 0) >= expiresAt + ENOUGH_S) return;
    const until = expiresAt + MARGIN_S;
    write(until);
    evictOldest(known, MAX_REMEMBERED);
    known.set(key, until);
  }

  function markDay(site: string, day: string, shard: number, expiresAt: number): void {
    once(`day ${day} ${shard} ${site}`, expiresAt, (until) => {
      sql(
        `INSERT INTO arrival_days VALUES (?, ?, ?, ?)
         ON CONFLICT DO UPDATE SET expires_at = max(expires_at, excluded.expires_at)`,
      ).run(day, site, shard, until);
    });
  }

  function markUnnumbered(site: string, day: string, group: string, expiresAt: number): void {
    once(`group ${day} ${group} ${site}`, expiresAt, (until) => {
      sql(
        `INSERT INTO unnumbered_groups VALUES (?, ?, ?, ?)
         ON CONFLICT DO UPDATE SET expires_at = max(expires_at, excluded.expires_at)`,
      ).run(site, day, group, until);
    });
  }

  return ({ site, session_id, user_id, events }, { now, receivedAt, shard, expiresAt }) => {
    const isUnnumbered = lacksOrdinals(events);
    const [today, arrival] = [utcDay(now), utcDay(receivedAt)];
    for (const day of today === arrival ? [today] : [today, arrival]) {
      markDay(site, day, shard, expiresAt);
      if (isUnnumbered) markUnnumbered(site, day, sessionGroup(session_id), expiresAt);
    }
    if (user_id === undefined) return;
    // Not remembered: an erasure may have deleted it since.
    sql(
      `INSERT INTO user_links VALUES (?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET expires_at = excluded.expires_at WHERE excluded.expires_at > expires_at + ${ENOUGH_S}`,
    ).run(site, user_id, session_id, expiresAt + MARGIN_S);
  };
}
