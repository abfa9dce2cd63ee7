// Requests as trackers send them: ids of their own, pages and places that repeat.
import { randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';

export const READ_KEY = 'a-read-key-of-the-measurement';
const AGENTS = ['Chrome/142.0.0.0 Safari/537.36', 'Firefox/145.0', 'Version/26.0 Safari/605.1.15'];
const PAGES = Array.from({ length: 200 }, (_, index) => `https://shop.example/products/${index}`);
let count = 0;

/** A batch of so many page views of a session of its own. */
export function batch(events) {
  count += 1;
  const now = Date.now();
  const page = (index) => PAGES[(count * 7 + index) % PAGES.length];
  return {
    site: 'shop',
    sent_at: now,
    session: { session_id: randomUUID(), entry_page: page(0), referrer: 'https://search.example/' },
    visitor_id: randomUUID(),
    context: { language: 'en-GB', screen: '1920x1080', viewport: '1280x720', timezone: 'Europe/London' },
    events: Array.from({ length: events }, (_, index) => ({
      event_id: randomUUID(),
      event_type: 'page_view',
      timestamp: now - index,
      page_url: page(index),
      page_title: `Product ${(count * 7 + index) % PAGES.length}`,
      view: index + 1,
      first_on_page: true,
      gap_ms: index && 1_000,
    })),
  };
}

export function createClient(port, connections) {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const post = (body) =>
    new Promise((resolve, reject) => {
      const headers = {
        'content-type': 'text/plain',
        'content-length': Buffer.byteLength(body),
        'user-agent': `Mozilla/5.0 ${AGENTS[count % AGENTS.length]}`,
      };
      const sent = request(
        { port, host: '127.0.0.1', method: 'POST', path: '/api/events', agent, headers },
        (response) => {
          response
            .resume()
            .once('end', () =>
              response.statusCode === 200 ? resolve() : reject(new Error(`${response.statusCode}`)),
            );
        },
      );
      sent.once('error', reject).end(body);
    });
  return {
    /** So many requests on all connections, one after the other on each. */
    async saturate(requests, events) {
      let left = requests;
      const line = async () => {
        while (left-- > 0) await post(JSON.stringify(batch(events)));
      };
      await Promise.all(Array.from({ length: connections }, line));
    },
    /** So many a second; gives the times they took, in ms, from when each was due. */
    async atRate(perSecond, seconds) {
      const times = [];
      const underWay = [];
      const start = performance.now();
      for (let index = 0; index < perSecond * seconds; index += 1) {
        const due = start + (index * 1_000) / perSecond;
        while (performance.now() < due) await wait(Math.max(0, due - performance.now()));
        underWay.push(post(JSON.stringify(batch(1))).then(() => times.push(performance.now() - due)));
      }
      await Promise.all(underWay);
      return times.sort((a, b) => a - b);
    },
    close: () => agent.destroy(),
  };
}
