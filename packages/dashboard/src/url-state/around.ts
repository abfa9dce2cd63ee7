/** Before and after a moment, as after a release: as much time of both. Pure. */
import type { Compare } from './compare.js';
import { instantRange } from './range.js';

const WEEK_MS = 7 * 86_400_000;
/** The finest time that numbers are stored by. */
const STEP_MS = 300_000;

/** A week on each side, or what has passed since. Undefined where nothing has. */
export function aroundMoment(at: string, now: number): { range: string; compare: Compare } | undefined {
  const moment = Math.ceil(Date.parse(at) / STEP_MS) * STEP_MS;
  const until = Math.min(moment + WEEK_MS, Math.floor(now / STEP_MS) * STEP_MS);
  if (!(until > moment)) return undefined;
  const before = instantRange(moment - (until - moment), moment);
  return { range: instantRange(moment, until), compare: { to: before, isAligned: false } };
}
