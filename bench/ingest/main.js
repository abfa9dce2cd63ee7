// `npm run ingest -w @liveinsight/bench`: what an event costs, beside what Express and JSON cost anyway.
import { createTables } from '@liveinsight/collector/dynamodb';
import { startDynoxide } from '../../scripts/dynoxide.mjs';
import { CONNECTIONS, load } from './load.js';
import { countStore } from './missing.js';
import { startServer } from './processes.js';

/** Short ones in turn: what a shared machine does meanwhile meets both. */
const ROUNDS = 9;
const WARM_UP_S = 3;
const MEASURED_S = Number(process.env.SECONDS ?? 2);
const SIZES = [1, 10];
/** CPU per event at most, as a multiple of the bare handler's, by events per request. */
const AIMS = { lean: { 1: 1.3, 10: 1.8 }, SDK: { 1: 2, 10: 2.8 } };
const DRIVERS = /** @type {const} */ (['lean', 'SDK']);
const MEMORY_AIM_MB = 150;

const database = await startDynoxide();
try {
  await createTables({ endpoint: database.endpoint });
  /** @type {string[]} */
  const acknowledged = [];
  const bare = await startServer('./bare-server.js');
  const collectors = await Promise.all(
    DRIVERS.map(async (name) => ({
      name,
      server: await startServer('./collector-server.js', [database.endpoint, name]),
      keep: acknowledged,
    })),
  );
  const subjects = [
    { name: 'bare Express', server: bare, keep: /** @type {string[]} */ ([]) },
    ...collectors,
  ];

  console.log(
    `${CONNECTIONS} connections, ${ROUNDS} rounds of ${MEASURED_S} s, medians; node ${process.version}`,
  );
  for (const perRequest of SIZES) {
    for (const { server, keep } of subjects)
      await load(server.url, { perRequest, seconds: WARM_UP_S, acknowledged: keep });
    const rounds = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const { name, server, keep } of subjects) {
        const before = await server.usage();
        const result = await load(server.url, { perRequest, seconds: MEASURED_S, acknowledged: keep });
        const after = await server.usage();
        rounds.push({
          name,
          ...result,
          cpuMs: (after.cpuMs - before.cpuMs) / result.events,
          rssMb: after.rssMb,
        });
      }
    }
    report(perRequest, rounds);
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
 * @param {number} perRequest
 * @param {Round[]} rounds
 */
function report(perRequest, rounds) {
  console.log(`\n${perRequest} event${perRequest === 1 ? '' : 's'} per request`);
  console.log('                 events/s   CPU/event    p50     p99   memory  refused');
  const named = (/** @type {string} */ name) => rounds.filter((round) => round.name === name);
  for (const name of ['bare Express', ...DRIVERS]) {
    const own = named(name);
    const of = (/** @type {keyof Omit<Round, 'name'>} */ key) => median(own.map((round) => round[key]));
    const cells = [
      name.padEnd(14),
      of('perSecond').toFixed(0).padStart(10),
      `${of('cpuMs').toFixed(4)} ms`.padStart(12),
      `${of('p50Ms')} ms`.padStart(7),
      `${of('p99Ms')} ms`.padStart(8),
      `${of('rssMb').toFixed(0)} MB`.padStart(8),
      String(own.reduce((all, { refused }) => all + refused, 0)).padStart(8),
    ];
    console.log(cells.join(''));
  }
  const bare = named('bare Express');
  for (const name of DRIVERS) {
    const ratios = named(name).map(({ cpuMs }, round) => cpuMs / (bare[round]?.cpuMs ?? 1));
    const [least, most] = [Math.min(...ratios), Math.max(...ratios)].map((ratio) => ratio.toFixed(2));
    console.log(
      `CPU per event, ${name}: ${median(ratios).toFixed(2)} times the bare handler's of the same round, ${least} to ${most} (aim: at most ${AIMS[name][perRequest]})`,
    );
  }
}

/** @param {number[]} values */
function median(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
