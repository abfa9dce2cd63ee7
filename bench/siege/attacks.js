/** What strangers have stopped a collector with: requests without a key, small on the wire. */
import { randomBytes } from 'node:crypto';
import { request } from 'node:http';
import { gzipSync } from 'node:zlib';
import { post } from './post.js';

const HOUR_MS = 3_600_000;
const AT_ONCE = 20;
const LONG = '一'.repeat(2_020);
const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
let number = 0;

const times = (count, make) => Array.from({ length: count }, (_, at) => make(at));
const path = () => `/${randomBytes(1_500).toString('base64url').slice(0, 1_900)}`;

/** @returns {Promise<number>} events that were accepted */
async function send(url, body) {
  const { status, reply } = await post(url, {
    headers: { 'content-encoding': 'gzip', 'user-agent': 'curl' },
    body: gzipSync(JSON.stringify(body)),
  });
  return status === 200 ? reply.data.accepted : 0;
}

async function sendAll(url, bodies) {
  let accepted = 0;
  for (let at = 0; at < bodies.length; at += AT_ONCE) {
    const sent = await Promise.all(bodies.slice(at, at + AT_ONCE).map((make) => send(url, make())));
    accepted += sent.reduce((sum, one) => sum + one, 0);
  }
  return accepted;
}

function batch(events, more = {}) {
  number += 1;
  const named = events.map((event, at) => ({ event_id: `a${number}-${at}`, ...event }));
  return { batch: `a${number}`, session: { session_id: `attacker-${number % 200}` }, events: named, ...more };
}

const longPages = (event_type) => () =>
  batch(times(40, (at) => ({ event_type, element_tag: 'A', page_url: `https://x/${number}-${at}${LONG}` })));

const noisyPages = () =>
  batch(
    times(50, () => ({
      event_type: 'page_view',
      page_url: `https://x${path()}`,
      from_page: path(),
      view: 0,
    })),
    { session: { session_id: `attacker-${number}`, entry_page: path(), referrer: `https://r${path()}` } },
  );

const inflated = () => {
  const props = Object.fromEntries(times(63, (at) => [`p${at}`, 'x'.repeat(1_024)]));
  return batch(times(3, () => ({ event_type: 'custom', name: 'n', page_url: 'https://x/', props })));
};

const currencies = LETTERS.flatMap((a) => LETTERS.flatMap((b) => LETTERS.map((c) => `${a}${b}${c}`)));
const money = (at) => () =>
  batch(
    currencies
      .slice(at * 50, at * 50 + 50)
      .map((currency) => ({ event_type: 'conversion', conversion_type: 'x', value: 1, currency })),
  );

/** One combination of the attributes that a sender chooses. */
const shape = (bits) => () => {
  const has = (bit, value) => ((bits >> bit) & 1 ? value : undefined);
  const utm = {
    source: has(0, 'x'),
    medium: has(1, 'x'),
    campaign: has(2, 'x'),
    term: has(3, 'x'),
    content: has(4, 'x'),
  };
  const context = {
    language: has(5, 'en'),
    screen: has(6, '1x1'),
    viewport: has(7, '1x1'),
    timezone: has(8, 'UTC'),
  };
  const session = {
    session_id: `shape-${bits}`,
    entry_page: has(9, '/'),
    referrer: has(10, 'https://r/'),
    utm,
  };
  return batch([{ event_type: 'scroll' }], { session, context, user_id: has(11, 'u') });
};

/** A request whose headers or body are no client's. */
function oddRequest(url, { method = 'GET', path: at = '/liveinsight.js', headers = {}, half = false }) {
  return new Promise((resolve) => {
    const sent = request(`${url}`, { method, path: at, headers, agent: false }, (reply) => {
      reply.resume();
      reply.once('close', resolve);
    });
    sent.once('error', resolve);
    if (!half) return sent.end();
    sent.write('{"events":[');
    setTimeout(() => sent.destroy(), 50);
    return undefined;
  });
}

/** @param {number} share of the whole count: 1 is the attack in full */
export const attacks = (share) => {
  const some = (count) => Math.max(1, Math.round(count * share));
  return [
    {
      name: 'pages of 2,000 non-Latin letters',
      run: (url) =>
        sendAll(
          url,
          times(some(1_200), () => longPages('click')),
        ),
    },
    {
      name: 'pages that do not deflate',
      run: (url) =>
        sendAll(
          url,
          times(Math.max(8, some(80)), () => noisyPages),
        ),
    },
    {
      name: 'properties that inflate 150-fold',
      run: (url) =>
        sendAll(
          url,
          times(some(3_000), () => inflated),
        ),
    },
    { name: 'every currency of three letters', run: (url) => sendAll(url, times(some(352), money)) },
    { name: 'every combination of attributes', run: (url) => sendAll(url, times(some(4_096), shape)) },
    {
      name: 'headers and paths of 15 KB, bodies that end half-way',
      async run(url) {
        const qualities = { 'accept-encoding': `gzip;q=.${'1'.repeat(15_000)}` };
        for (let at = 0; at < some(20); at += 1) {
          await oddRequest(url, { headers: qualities });
          await oddRequest(url, { path: '/'.repeat(15_000) });
          await Promise.all(
            times(20, () => oddRequest(url, { method: 'POST', path: '/api/events', half: true })),
          );
        }
        return 0;
      },
    },
    {
      name: '8 requests an hour for six days',
      async run(url, clock) {
        let accepted = 0;
        for (let hour = 0; hour < some(144); hour += 1) {
          clock.jump(HOUR_MS);
          accepted += await sendAll(
            url,
            times(8, () => longPages('page_view')),
          );
        }
        return accepted;
      },
    },
  ];
};
