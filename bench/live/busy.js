// A reader against a busy site: as many events as 1,000 a second are in ten minutes, taken in by one collector, while
// another one's live stream, realtime and statistics are read. npm run busy -w @liveinsight/bench [-- --events 60000]
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCollector } from '@liveinsight/collector';
import { createTables, dynamoStore } from '@liveinsight/collector/dynamodb';
import { startDynalite } from '@liveinsight/collector/local';
import { table } from '../read/measure.js';

const flag = process.argv.indexOf('--events');
const EVENTS = flag > 0 ? Number(process.argv[flag + 1]) : 600_000;
const PER_BATCH = 10;
const AT_ONCE = 64;
const PAUSE_MS = 500;
const KEY = 'a read key for the benchmark';

const path = mkdtempSync(join(tmpdir(), 'liveinsight-busy-'));
const dynalite = await startDynalite({ path });
await createTables({ endpoint: dynalite.endpoint });
/** @type {Record<string, number>} */
const most = {
  'batches read at a time': 0,
  'MB of memory, store and load included': 0,
  'messages pushed': 0,
};
/** @param {string} name @param {number} value */
const note = (name, value) => {
  most[name] = Math.max(most[name] ?? 0, value);
};

const writer = open(dynamoStore({ endpoint: dynalite.endpoint }));
const readStore = dynamoStore({ endpoint: dynalite.endpoint });
const reader = open({
  ...readStore,
  arrivals: async (query) => {
    const page = await readStore.arrivals(query);
    note('batches read at a time', page.batches.length);
    return page;
  },
});

let isOver = false;
const listening = listen();
const reading = read();
const began = performance.now();
const stored = await send();
const seconds = (performance.now() - began) / 1000;
isOver = true;
const answers = await reading;
await reader.close();
await listening;
await Promise.all([writer.close(), dynalite.close()]);
rmSync(path, { recursive: true });

console.log(
  `${stored} of ${EVENTS} events stored in ${seconds.toFixed(0)} s (${Math.round(stored / seconds)} a second), all in one process\n`,
);
console.log(table(['answered meanwhile', 'times', 'ms, most'], answers));
console.log(
  `\n${table(
    ['bound', 'most'],
    Object.entries(most).map(([name, value]) => [name, String(value)]),
  )}`,
);
if (stored !== EVENTS) process.exitCode = 1;

/** @param {import('@liveinsight/collector').Store} store */
function open(store) {
  return createCollector({
    store,
    secret: 'a secret for the benchmark',
    sites: [{ id: 'shop' }],
    readKeys: [KEY],
    sessionEventsPerMinute: 1_000_000,
  });
}

async function send() {
  let [next, accepted] = [0, 0];
  const worker = async () => {
    for (let number = next++; number * PER_BATCH < EVENTS; number = next++) {
      const body = JSON.stringify({
        v: 1,
        site: 'shop',
        batch: `e${number}-0`,
        session: { session_id: `s${number % 30_000}`, entry_page: '/' },
        visitor_id: `v${number % 30_000}`,
        events: Array.from({ length: PER_BATCH }, (_, at) => ({
          event_id: `e${number}-${at}`,
          event_type: 'page_view',
          page_url: `https://shop.example/products/${(number + at) % 400}`,
        })),
      });
      const reply = await writer.fetch(new Request('http://c/api/events', { method: 'POST', body }));
      const { data } = await reply.json();
      accepted += data.accepted;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return accepted;
}

async function read() {
  const questions = {
    realtime: '/api/realtime?site=shop',
    'statistics of 24 hours': '/api/stats?site=shop&from=24h',
    'a page of sessions': '/api/sessions?site=shop&limit=20',
  };
  const answers = Object.keys(questions).map((name) => ({ name, times: 0, ms: 0 }));
  while (!isOver) {
    for (const [at, url] of Object.values(questions).entries()) {
      const start = performance.now();
      const reply = await ask(url);
      await reply.text();
      const answer = answers[at];
      if (!reply.ok || !answer) throw new Error(`${url}: ${reply.status}`);
      answer.times += 1;
      answer.ms = Math.max(answer.ms, performance.now() - start);
    }
    note('MB of memory, store and load included', Math.round(process.memoryUsage.rss() / 1e6));
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
  return answers.map(({ name, times, ms }) => [name, String(times), ms.toFixed(0)]);
}

/** Comes back when it was let go, as a browser does. */
async function listen() {
  let messages = 0;
  while (!isOver) {
    const reply = await ask('/api/live?site=shop').catch(() => undefined);
    for await (const chunk of reply?.body ?? []) {
      messages += chunk.length > 0 ? 1 : 0;
      note('messages pushed', messages);
    }
  }
}

/** @param {string} url */
function ask(url) {
  return reader.fetch(new Request(`http://c${url}`, { headers: { authorization: `Bearer ${KEY}` } }));
}
