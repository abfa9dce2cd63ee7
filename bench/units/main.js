// `npm run units -w @liveinsight/bench`: write units per 1,000 events, item and index, by how events are packed.
import { createCollector } from '@liveinsight/collector';
import { createTables, dynamoStore } from '@liveinsight/collector/dynamodb';
import { startDynoxide } from '../../scripts/dynoxide.mjs';
import { allIn } from './all-in.js';
import { writeMeter } from './meter.js';
import { ofSizesAbout, oneByOne, perPageView, trackerDefault } from './packing.js';
import { withProperties } from './properties.js';
import { createRandom } from './random.js';
import { visit } from './visits.js';

const EVENTS = Number(process.env.EVENTS ?? 3_000);
/** Bytes of an event in the reference workload; what a shop's events lack to it, their properties bring. */
const REFERENCE_BYTES = 617;
/** Units per 1,000 events at that many events a batch. */
const AIM = 600;
const AIM_EVENTS_PER_BATCH = 3.4;
/** The same with all that is made of the events. */
const ALL_IN_AIM = 640;
/** Events a batch where each page takes along what the one before has left. */
const MIN_PER_BATCH = 2.2;

const chance = createRandom(1);
const SCENARIOS = [
  {
    name: 'reference: events of 617 bytes, 3.4 a request',
    site: 'pages',
    pack: ofSizesAbout(chance, 4),
    bytes: REFERENCE_BYTES,
    aim: AIM,
  },
  {
    name: "the same requests with the shop's own events",
    site: 'pages',
    pack: ofSizesAbout(chance, 4),
    aim: AIM,
  },
  {
    name: "the tracker's default, pages loaded one by one",
    site: 'pages',
    pack: trackerDefault,
    leastPerBatch: MIN_PER_BATCH,
  },
  { name: "the tracker's default, an app of one page", site: 'app', pack: trackerDefault },
  { name: 'a flush per page view', site: 'pages', pack: perPageView },
  { name: 'every event alone', site: 'pages', pack: oneByOne },
];

const database = await startDynoxide();
await createTables({ endpoint: database.endpoint });
const results = [];
for (const scenario of SCENARIOS) {
  const result = await run(scenario);
  results.push(result);
  report(scenario, result);
}
reportAllIn(await allIn(database.endpoint), results[0]);
await database.close();

/** @typedef {{ name: string, site: string, pack: import('./packing.js').Packing, bytes?: number, aim?: number, leastPerBatch?: number }} Scenario */
/** @typedef {Awaited<ReturnType<typeof run>>} Result */

/** One after another, so that each call is one batch and what it costs is that batch's. @param {Scenario} scenario */
async function run({ site, pack, bytes }) {
  const { middleware, meter } = writeMeter();
  const collector = createCollector({
    store: dynamoStore({ endpoint: database.endpoint, middleware }),
    secret: 'a secret for the benchmark',
    sites: [{ id: 'shop' }],
    countryHeader: 'x-country',
  });
  const random = createRandom(42);
  const sizes = [];
  let [events, jsonBytes] = [0, 0];
  while (events < EVENTS) {
    const { happenings, country, userAgent, ...who } = visit(
      random,
      Date.now(),
      site === 'app' ? 'app' : 'pages',
    );
    for (const packed of pack(happenings, userAgent)) {
      const sent = packed.map(({ event }) => (bytes === undefined ? event : withProperties(event, bytes)));
      const body = JSON.stringify({
        v: 1,
        site: 'shop',
        batch: sent[0]?.event_id,
        ...who,
        sent_at: Date.now(),
        events: sent,
      });
      const headers = { 'user-agent': userAgent, 'x-country': country };
      const reply = await collector.fetch(
        new Request('http://localhost/api/events', { method: 'POST', body, headers }),
      );
      if (reply.status !== 200) throw new Error(`${reply.status} ${await reply.text()}`);
      sizes.push(sent.length);
      events += sent.length;
      jsonBytes += sent.reduce((sum, event) => sum + JSON.stringify(event).length, 0);
    }
  }
  await collector.close();
  return { events, bytesPerEvent: jsonBytes / events, sizes, ...meter };
}

/** @param {Scenario} scenario @param {Result} result */
function report({ name, aim, leastPerBatch = 0 }, { events, bytesPerEvent, sizes, items, otherUnits }) {
  const per1000 = (/** @type {number} */ units) => Math.round((units / events) * 1000);
  const itemUnits = per1000(items.reduce((sum, { units }) => sum + units, 0));
  const indexUnits = per1000(items.reduce((sum, { indexUnits: units }) => sum + units, 0));
  const share = (/** @type {(item: import('./meter.js').Item) => boolean} */ is) =>
    `${((items.filter(is).length / items.length) * 100).toFixed(1)} %`;
  const total = itemUnits + indexUnits;
  // Visits end as they end: what is a little over or under is brought to the size that the aim is for.
  const atAim = Math.round((total * events) / items.length / AIM_EVENTS_PER_BATCH);
  const met = aim === undefined || atAim <= aim;
  const verdict =
    aim === undefined
      ? ''
      : `\n  at ${AIM_EVENTS_PER_BATCH} events a batch: ${atAim} (aim: at most ${aim}): ${met ? 'met' : 'MISSED'}`;
  console.log(`
${name}
  ${events} events of ${bytesPerEvent.toFixed(0)} bytes in ${items.length} batches: ${(events / items.length).toFixed(2)} a batch (${spread(sizes)})
  write units per 1,000 events: ${total} = ${itemUnits} items + ${indexUnits} index, of at least ${Math.round((2000 * items.length) / events)}; marks and links ${per1000(otherUnits)}
  items of one unit ${share(({ units }) => units === 1)}, of two ${share(({ units }) => units === 2)}, of more ${share(({ units }) => units > 2)}; deflated ${share(({ deflated }) => deflated)}${verdict}`);
  const perBatch = events / items.length;
  if (perBatch < leastPerBatch)
    console.log(`  ${perBatch.toFixed(2)} events a batch, of at least ${leastPerBatch}: MISSED`);
  if (!met || perBatch < leastPerBatch) process.exitCode = 1;
}

/** @param {Awaited<ReturnType<typeof allIn>>} result @param {Result | undefined} reference whose visitors are partly identified */
function reportAllIn({ events, perBatch, log, others, readUnits }, reference) {
  const atAim = (log * perBatch) / AIM_EVENTS_PER_BATCH;
  const links = reference ? (reference.otherUnits / reference.events) * 1_000 : 0;
  const total = atAim + links + others.reduce((sum, { units }) => sum + units, 0);
  const isMet = total <= ALL_IN_AIM;
  console.log(`
all that is written, of days of a million events in 30
  ${events} events, ${perBatch.toFixed(2)} a batch; write units per 1,000 events:
  log and index ${log.toFixed(1)}, at ${AIM_EVENTS_PER_BATCH} events a batch ${atAim.toFixed(1)}
  ${others.map(({ kind, units }) => `${kind} ${units.toFixed(2)}`).join(', ')}, links of users ${links.toFixed(1)}
  together ${total.toFixed(0)} (aim: at most ${ALL_IN_AIM}): ${isMet ? 'met' : 'MISSED'}
  read units to roll up a backlog: ${readUnits.toFixed(1)}`);
  if (!isMet) process.exitCode = 1;
}

/** How many batches have how many events. @param {number[]} sizes */
function spread(sizes) {
  const counts = new Map();
  for (const size of sizes) counts.set(Math.min(size, 8), (counts.get(Math.min(size, 8)) ?? 0) + 1);
  return [...counts]
    .sort(([a], [b]) => a - b)
    .map(([size, count]) => `${size}${size === 8 ? '+' : ''}: ${((count / sizes.length) * 100).toFixed(0)} %`)
    .join(', ');
}
