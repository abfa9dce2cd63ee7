/** How fresh the page is, said before anyone has to wonder. */
import { byId, setText } from './element.js';

const clock = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium', hourCycle: 'h23' });
/** Without an answer for this long, what is shown is called old. */
export const STALE_AFTER_MS = 3_000;

export interface Freshness {
  /** Of the newest answer, by this machine's clock; absent before the first. */
  answeredAt: number | undefined;
  /** Why the newest attempt failed; absent where it did not. */
  trouble: string | undefined;
}

export function showStatus({ answeredAt, trouble }: Freshness, now: number): void {
  const status = byId('status');
  const stale = answeredAt !== undefined && now - answeredAt > STALE_AFTER_MS;
  const state = answeredAt === undefined ? (trouble ? 'stale' : 'waiting') : stale ? 'stale' : 'live';
  status.dataset.state = state;
  document.body.classList.toggle('stale', state === 'stale');
  const why = trouble ? `The collector doesn’t answer: ${trouble}.` : 'The collector doesn’t answer.';
  if (state === 'waiting') setText(status, 'Connecting …');
  else if (state === 'live') setText(status, 'Live');
  else if (answeredAt === undefined) setText(status, why);
  else setText(status, `${why} What you see is of ${clock.format(new Date(answeredAt))}.`);
}
