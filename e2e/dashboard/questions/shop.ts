/** The shop that the questions are asked of, counted by hand. */
import { DAY_MS, type ShopVisit, shopVisits, startOfDay } from '../shop-history.js';

export const started = Date.now();
export const visits = shopVisits(started);

const today = startOfDay(started);
export const between =
  (from: number, to: number) =>
  ({ at }: ShopVisit) =>
    at >= from && at < to;
export const isThisWeek = between(today - 6 * DAY_MS, started);
export const isWeekBefore = between(today - 13 * DAY_MS, started - 7 * DAY_MS);
export const count = (wanted: (visit: ShopVisit) => unknown) => visits.filter(wanted).length;
export const recent = visits.filter(isThisWeek);
export const countRecent = (wanted: (visit: ShopVisit) => unknown) => recent.filter(wanted).length;
