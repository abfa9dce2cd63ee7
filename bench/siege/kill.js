/** `npm run kills -w @liveinsight/bench`: a minute of kills at random. Exits with 1 where an event is lost or counted twice. */
import { kills } from './kills.js';

const { acknowledged, stored, counted, ended } = await kills({
  seconds: Number(process.argv[2] ?? 60),
  say: console.log,
});
const lost = [...acknowledged].filter((id) => !stored.has(id));
const twice = [...stored].filter(([, times]) => times > 1).map(([id]) => id);
const checks = [
  [`acknowledged is stored (${lost.length} lost)`, lost.length === 0],
  [`none is stored twice (${twice.length})`, twice.length === 0],
  [`stored is counted (${counted} of ${stored.size})`, counted === stored.size],
  [`no collector ended by itself (${ended})`, ended === 0],
];
for (const [says, holds] of checks) console.log(holds ? '✓' : '✗', says);
process.exitCode = checks.every(([, holds]) => holds) ? 0 : 1;
