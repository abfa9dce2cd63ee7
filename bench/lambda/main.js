/**
 * Cold starts of the ingest function, as it is deployed with the lean driver and through the SDK: import plus first
 * write, median of 15 process starts. Run it on a machine that does nothing else; `cpuMs`, of the whole process up to
 * the first write, suffers less where it does.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createTables } from '@liveinsight/collector/dynamodb';
import { startDynoxide } from '../../scripts/dynoxide.mjs';

const STARTS = 15;
/** Import plus first write through the lean driver, at most. */
const AIM_MS = 55;

const folder = join(
  dirname(createRequire(import.meta.url).resolve('@liveinsight/cdk/package.json')),
  'dist/functions',
);
const program = fileURLToPath(new URL('start.js', import.meta.url));

const functions = [
  {
    name: `lean driver, as deployed (aim: first write within ${AIM_MS} ms)`,
    file: join(folder, 'ingest.mjs'),
  },
  { name: 'AWS SDK, from node_modules', file: fileURLToPath(new URL('sdk-function.js', import.meta.url)) },
];

const database = await startDynoxide();
await createTables({ endpoint: database.endpoint });
const env = {
  PATH: process.env.PATH,
  AWS_LAMBDA_FUNCTION_NAME: 'ingest',
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'local',
  AWS_SECRET_ACCESS_KEY: 'local',
  AWS_ENDPOINT_URL_DYNAMODB: database.endpoint,
  LIVEINSIGHT_SECRET: 'a secret of at least sixteen characters',
  LIVEINSIGHT_SITES: '[{"id":"shop"}]',
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
};

const median = (/** @type {number[]} */ list) =>
  [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0;

for (const { name, file } of functions) {
  /** @type {Record<string, number[]>} */
  const seen = { importMs: [], firstWriteMs: [], cpuMs: [], secondWriteMs: [] };
  for (let start = 0; start <= STARTS; start += 1) {
    const child = fork(program, [file], { env, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    const [times] = await Promise.race([
      once(child, 'message'),
      once(child, 'exit').then(() => Promise.reject(new Error(`${file} ended before its first write`))),
    ]);
    // The first fills the caches of disk and database.
    if (start > 0) for (const [key, list] of Object.entries(seen)) list.push(times[key]);
    await once(child, 'exit');
  }
  console.log(name);
  for (const [key, list] of Object.entries(seen)) {
    const range = `${Math.min(...list).toFixed(1)} to ${Math.max(...list).toFixed(1)}`;
    console.log(
      `  ${key.padEnd(14)} median ${median(list).toFixed(1).padStart(7)} ms of ${list.length} (${range})`,
    );
  }
}
await database.close();
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
  name.endsWith('.mjs'),
);
const bytes = files.reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
console.log(`all functions  ${(bytes / 1024).toFixed(0)} KB in ${files.length} files`);
