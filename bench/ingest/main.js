/**
 * `npm run ingest -w @liveinsight/bench`: the CPU time of an event, compared with a bare Express handler.
 *
 * All servers get the same number of requests a second. As fast as it can, the bare handler answers three to four times as many, and
 * every request costs it up to a fifth less: it finds many of them at each turn of its event loop, and sleeps less often. Before the
 * first round, all get the same number of requests too, since V8 optimizes by calls, not by time.
 *
 * Run it on a machine that does nothing else. Other work on the same cores costs the bare handler more than the collector, and makes
 * ratios smaller.
 */
import { createTables } from '@liveinsight/collector/dynamodb';
import { startDynoxide } from '../../scripts/dynoxide.mjs';
import { CONNECTIONS, load } from './load.js';
import { countStore } from './missing.js';
import { startServer } from './processes.js';

/** Short ones in turn: what a shared machine does meanwhile meets both. */
const ROUNDS = 9;
const WARM_UP_REQUESTS = 12_000;
const MEASURED_S = Number(process.env.SECONDS ?? 2);
/** Requests a second, by events per request: about half of what the slowest server can do. */
const RATES = { 1: 1_000, 10: 500 };
const SIZES = /** @type {const} */ ([1, 10]);
/** CPU per event at most, as a multiple of the bare handler's, by events per request. */
const AIMS = { lean: { 1: 1.3, 10: 1.8 }, SDK: { 1: 2, 10: 2.8 } };
/** With `all` that can be found out about an event, the limits are the same. */
const COLLECTORS = /** @type {const} */ ([
  { name: 'lean', driver: 'lean', isAll: false },
  { name: 'SDK', driver: 'SDK', isAll: false },
  { name: 'lean, all', driver: 'lean', isAll: true },
  { name: 'SDK, all', driver: 'SDK', isAll: true },
]);
const MEMORY_AIM_MB = 150;

const database = await startDynoxide();
try {
  await createTables({ endpoint: database.endpoint });
  /** @type {string[]} */
  const acknowledged = [];
  const bare = await startServer('./bare-server.js');
  const collectors = await Promise.all(
    COLLECTORS.map(async ({ name, driver, isAll }) => ({
      name,
      server: await startServer('./collector-server.js', [
        database.endpoint,
        driver,
        ...(isAll ? ['all'] : []),
      ]),
      keep: acknowledged,
      hasAllHeaders: isAll,
    })),
  );
  const subjects = [
    { name: 'bare Express', server: bare, keep: /** @type {string[]} */ ([]), hasAllHeaders: false },
    ...collectors,
  ];

  console.log(
    `${CONNECTIONS} connections, ${ROUNDS} rounds of ${MEASURED_S} s at the same rate, medians; node ${process.version}`,
  );
  for (const perRequest of SIZES) {
    const fastest = new Map();
    for (const { name, server, keep, hasAllHeaders } of subjects) {
      const warmUp = { perRequest, requests: WARM_UP_REQUESTS, acknowledged: keep, hasAllHeaders };
      const result = await load(server.url, warmUp);
      fastest.set(name, result.perSecond);
    }
    const rate = RATES[perRequest];
    const rounds = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const { name, server, keep, hasAllHeaders } of subjects) {
        const before = await server.usage();
        const requests = rate * MEASURED_S;
        const result = await load(server.url, {
          ...{ perRequest, requests, rate },
          ...{ acknowledged: keep, hasAllHeaders },
        });
        const after = await server.usage();
        rounds.push({
          name,
          ...result,
          cpuMs: (after.cpuMs - before.cpuMs) / result.events,
          rssMb: after.rssMb,
        });
      }
    }
    report(perRequest, rounds, fastest);
  }

  const { stored, repeated, missing } = await countStore(database.endpoint, acknowledged);
  console.log(
    `\nacknowledged ${acknowledged.length}, stored ${stored}, missing ${missing}, twice ${repeated}`,
  );
  for (const { name, server } of collectors) {
    const { rssMb } = await server.usage();
    console.log(`memory at its highest, ${name}: ${rssMb.toFixed(0)} MB (aim: under ${MEMORY_AIM_MB})`);
  }
  for (const { server } of subjects) server.stop();
  if (missing > 0 || repeated > 0) process.exitCode = 1;
} finally {
  await database.close();
}

/**
 * @typedef {{ name: string, perSecond: number, cpuMs: number, p50Ms: number, p99Ms: number, rssMb: number, refused: number }} Round
 * @param {1 | 10} perRequest
 * @param {Round[]} rounds
 * @param {Map<string, number>} fastest events a second at full speed, by name
 */
function report(perRequest, rounds, fastest) {
  console.log(
    `\n${perRequest} event${perRequest === 1 ? '' : 's'} per request, ${RATES[perRequest]} requests/s`,
  );
  console.log('               fastest/s   CPU/event    p50     p99   memory  refused');
  const named = (/** @type {string} */ name) => rounds.filter((round) => round.name === name);
  for (const name of ['bare Express', ...COLLECTORS.map(({ name }) => name)]) {
    const own = named(name);
    const of = (/** @type {keyof Omit<Round, 'name'>} */ key) => median(own.map((round) => round[key]));
    const cells = [
      name.padEnd(14),
      (fastest.get(name) ?? 0).toFixed(0).padStart(10),
      `${of('cpuMs').toFixed(4)} ms`.padStart(12),
      `${of('p50Ms')} ms`.padStart(7),
      `${of('p99Ms')} ms`.padStart(8),
      `${of('rssMb').toFixed(0)} MB`.padStart(8),
      String(own.reduce((all, { refused }) => all + refused, 0)).padStart(8),
    ];
    console.log(cells.join(''));
  }
  const bare = named('bare Express');
  for (const { name, driver } of COLLECTORS) {
    const ratios = named(name).map(({ cpuMs }, round) => cpuMs / (bare[round]?.cpuMs ?? 1));
    const [least, most] = [Math.min(...ratios), Math.max(...ratios)].map((ratio) => ratio.toFixed(2));
    console.log(
      `CPU per event, ${name}: ${median(ratios).toFixed(2)} times the bare handler's of the same round, ${least} to ${most} (aim: at most ${AIMS[driver][perRequest]})`,
    );
  }
}

/** @param {number[]} values */
function median(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
