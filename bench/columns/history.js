// The history of bench/read with what it lacks: custom events with properties, and noise in arrivals and engagement.
import { batchesOf } from '../read/history.js';

const PLANS = ['free', 'starter', 'team', 'business', 'enterprise'];
const METRICS = ['LCP', 'CLS', 'INP', 'FCP', 'TTFB'];
/** Of all events; 58 of 100 are clicks and exits, which these take the place of. */
const SIGNUPS = 0.08;
const VITALS = 0.05;
const REPLACEABLE = 0.58;

/** A small generator with a seed (mulberry32). @param {number} seed */
function random(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** @param {Parameters<typeof batchesOf>[0]} history */
export function* batchesWithProperties(history) {
  const next = random(7);
  for (const batch of batchesOf(history)) {
    const last = batch.events.at(-1)?.timestamp ?? 0;
    const { shardAt: _, retention_days, ...stored } = batch;
    yield {
      ...stored,
      events: batch.events.map((event) => vary(event, next)),
      // Some way over the network.
      received_at: last + 60 + Math.floor(-Math.log(1 - next()) * 400),
      expires_at: 0,
    };
  }
}

/** @param {any} event @param {() => number} next */
function vary(event, next) {
  const { event_type, event_id, timestamp, gap_ms, page_url } = event;
  if (event_type !== 'click' && event_type !== 'page_exit') return event;
  const own = { event_id, timestamp, gap_ms, page_url, event_type: 'custom' };
  const dice = next() * REPLACEABLE;
  if (dice < SIGNUPS) return { ...own, name: 'signup', props: signup(next) };
  if (dice < SIGNUPS + VITALS) return { ...own, name: 'web_vital', props: vital(next) };
  if (event_type === 'click') return event;
  const engaged_ms = Math.floor(event.engaged_ms * (0.5 + 0.5 * next()));
  return { ...event, engaged_ms, scroll_pct: 5 * Math.floor(next() * 21) };
}

/** @param {() => number} next */
const signup = (next) => ({
  plan: PLANS[Math.floor(next() ** 1.5 * PLANS.length)],
  seats: 1 + Math.floor(next() * 20),
  coupon: `C${Math.floor(next() * 300)}`,
});

/** As the tracker reports them. @param {() => number} next */
function vital(next) {
  const name = METRICS[Math.floor(next() * METRICS.length)];
  const ms = Math.exp(7.4 + 1.2 * (next() + next() + next() - 1.5));
  return { name, value: name === 'CLS' ? Math.round(ms / 2) / 10_000 : Math.round(ms * 10) / 10 };
}
