/** A name for a visitor who brings none: the same for a day of the site, and then no more. */

import { createHmac } from 'node:crypto';
import type { ResolvedSite } from '../sites/site-registry.js';
import { MAX_SALT_AGE_MS, type SaltStore } from '../storage/salt-store.js';
import { HOUR_MS, utcDay } from '../time/ms.js';

export interface Sender {
  site: ResolvedSite;
  ip: string;
  userAgent: string;
  /** When it arrived, in ms. */
  at: number;
}

/** How long before a day begins its salt is fetched: a store that is away at midnight then matters to nobody. */
const AHEAD_MS = HOUR_MS;
/** How often salts of days long over are looked for. */
const SWEEP_EVERY_MS = HOUR_MS;
/** Around a midnight, days of several zones are in use. */
const MAX_CACHED_DAYS = 4;

/**
 * Names visitors by a hash of address, browser and site under the random salt of the day, which is deleted two days
 * later: then nothing leads from a name back to an address, not even the secret. Rejects where the store has to be
 * asked for the salt, and is away.
 */
export function createVisitorIds(key: Buffer, salts: SaltStore): (sender: Sender) => Promise<string> {
  const getDay = createDays();
  const dayAhead = createDays();
  /** Oldest first. A salt that could not be had is asked for again. */
  const keys = new Map<string, Promise<Buffer>>();
  let sweptAt = Number.NEGATIVE_INFINITY;

  function getDailyKey(day: string): Promise<Buffer> {
    let found = keys.get(day);
    if (!found) {
      found = salts.dailySalt(day).then((salt) => createHmac('sha256', key).update(salt).digest());
      keys.set(day, found);
      found.catch(() => keys.delete(day));
      for (const oldest of keys.keys()) {
        if (keys.size <= MAX_CACHED_DAYS) break;
        keys.delete(oldest);
      }
    }
    return found;
  }

  /** What can fail without harm: it is tried again. */
  function lookAhead(timezone: string, at: number): void {
    getDailyKey(dayAhead(timezone, at + AHEAD_MS)).catch(() => {});
    if (at - sweptAt < SWEEP_EVERY_MS) return;
    sweptAt = at;
    salts.deleteSalts(at - MAX_SALT_AGE_MS).catch(() => {
      sweptAt = Number.NEGATIVE_INFINITY;
    });
  }

  return async ({ site, ip, userAgent, at }) => {
    const daily = await getDailyKey(getDay(site.timezone, at));
    lookAhead(site.timezone, at);
    const hash = createHmac('sha256', daily).update(`${site.id}\n${ip}\n${userAgent}`).digest('base64url');
    return hash.slice(0, 22);
  };
}

/** No zone changes its day or its offset but on a quarter of an hour. */
const QUARTER_HOUR_MS = 900_000;

/** The site's own day, so that a visitor who is there at midnight in Greenwich is not counted twice. */
function createDays(): (timezone: string, at: number) => string {
  const known = new Map<string, { quarter: number; day: string; format: Intl.DateTimeFormat }>();
  return (timezone, at) => {
    if (timezone === 'UTC') return utcDay(at);
    const quarter = Math.floor(at / QUARTER_HOUR_MS);
    const last = known.get(timezone);
    if (last?.quarter === quarter) return last.day;
    const format = last?.format ?? new Intl.DateTimeFormat('en-CA', { timeZone: timezone });
    const day = format.format(at);
    known.set(timezone, { quarter, day, format });
    return day;
  };
}
