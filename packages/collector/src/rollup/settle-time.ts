import { MINUTE_MS } from '../time/ms.js';

/** Roll-ups leave out batches younger than this, because the arrivals index may not show all of them yet. */
export const SETTLE_MS = 120_000;

/**
 * Watermarks of hours are whole minutes: readers keep what arrived since the newest one by the minute, and drop what an hour
 * has taken over without reading it again.
 */
export const floorToMinute = (ms: number): number => Math.floor(ms / MINUTE_MS) * MINUTE_MS;
