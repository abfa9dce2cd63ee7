/** `npm run one-machine-kills -w @liveinsight/bench [-- <seconds>]`: ten minutes of kills. Exits with 1 where an event is lost, stored twice or not counted. */
import { kills } from './kills.js';

const { acknowledged, stored, counted, countedBySource, killed, endedItself, questions } = await kills({
  seconds: Number(process.argv[2] ?? 600),
  say: console.log,
});
const lost = [...acknowledged].filter((id) => !stored.has(id));
const twice = [...stored].filter(([, times]) => times > 1);
console.log(`${killed} kills, ${acknowledged.size} events acknowledged, ${questions} questions answered`);
const checks = [
  [`acknowledged is stored (${lost.length} lost)`, lost.length === 0],
  [`none is stored twice (${twice.length})`, twice.length === 0],
  [
    `stored is counted (${counted} and, filtered, ${countedBySource} of ${stored.size})`,
    counted === stored.size,
  ],
  [`the server did not end by itself (${endedItself})`, endedItself === 0],
];
for (const [says, holds] of checks) console.log(holds ? '✓' : '✗', says);
process.exitCode = checks.every(([, holds]) => holds) ? 0 : 1;
