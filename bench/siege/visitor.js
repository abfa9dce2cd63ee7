/** A well-behaved visitor: a page view a beat, each answered or known to be lost, and how long the answer took. */
import { setTimeout as wait } from 'node:timers/promises';
import { post } from './post.js';

const BEAT_MS = 50;
const AGENT = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36';

export function startVisitor(url) {
  const latenciesMs = [];
  const refused = [];
  let acknowledged = 0;
  let lapAt = 0;
  let over = false;
  async function visit() {
    for (let view = 1; !over; view += 1) {
      const started = performance.now();
      const event = {
        event_type: 'page_view',
        event_id: `good-${view}`,
        page_url: 'https://shop.example/well-behaved',
        view: 1,
      };
      const session = { session_id: `good-${view}` };
      const { status } = await post(url, {
        headers: { 'user-agent': AGENT },
        body: JSON.stringify({ batch: event.event_id, visitor_id: 'good', session, events: [event] }),
      });
      latenciesMs.push(performance.now() - started);
      if (status === 200) acknowledged += 1;
      else refused.push(status);
      await wait(BEAT_MS);
    }
  }
  const visiting = visit();
  const p99 = (from = 0) => {
    const sorted = latenciesMs.slice(from).sort((a, b) => a - b);
    return sorted[Math.floor(sorted.length * 0.99)] ?? 0;
  };
  return {
    /** Of the requests since the last lap, in ms. */
    lap() {
      const from = lapAt;
      lapAt = latenciesMs.length;
      return p99(from);
    },
    async stop() {
      over = true;
      await visiting;
      return { acknowledged, refused, p99Ms: p99() };
    },
  };
}
