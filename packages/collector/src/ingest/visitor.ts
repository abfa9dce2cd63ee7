/** A name for a visitor who brings none: the same for a day of the site, and then no more. */
import { createHmac } from 'node:crypto';
import type { KnownSite } from '../site/sites.js';

export interface Sender {
  site: KnownSite;
  ip: string;
  userAgent: string;
  /** When it arrived, in ms. */
  at: number;
}

/** Names visitors by a hash of address, browser and site under a salt of the day; neither can be got back from it. */
export function createVisitorNames(key: Buffer): (sender: Sender) => string {
  const dayOf = createDays();
  let salt = { day: '', key };
  return ({ site, ip, userAgent, at }) => {
    const day = dayOf(site.timezone, at);
    if (salt.day !== day) salt = { day, key: createHmac('sha256', key).update(day).digest() };
    const hash = createHmac('sha256', salt.key).update(`${site.id}\n${ip}\n${userAgent}`).digest('base64url');
    return hash.slice(0, 22);
  };
}

/** No zone changes its day or its offset but on a quarter of an hour. */
const QUARTER_HOUR_MS = 900_000;

/** The site's own day, so that a visitor who is there at midnight in Greenwich is not counted twice. */
function createDays(): (timezone: string, at: number) => string {
  const known = new Map<string, { quarter: number; day: string; format: Intl.DateTimeFormat }>();
  return (timezone, at) => {
    if (timezone === 'UTC') return new Date(at).toISOString().slice(0, 10);
    const quarter = Math.floor(at / QUARTER_HOUR_MS);
    const last = known.get(timezone);
    if (last?.quarter === quarter) return last.day;
    const format = last?.format ?? new Intl.DateTimeFormat('en-CA', { timeZone: timezone });
    const day = format.format(at);
    known.set(timezone, { quarter, day, format });
    return day;
  };
}
