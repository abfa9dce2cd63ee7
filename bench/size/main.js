// Prints what trackers weigh, gzip -9, beside ours. Peers are fetched by `npm pack` and bundled as their users do.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import commonjs from '@rollup/plugin-commonjs';
import nodeResolve from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import { rollup } from 'rollup';

/** The smallest use of each that counts views and events of one's own. */
const peers = {
  'plausible npm': [
    '@plausible-analytics/tracker',
    `import { init, track } from '@plausible-analytics/tracker'; init({ domain: 'x' }); window.t = track`,
  ],
  openpanel: [
    '@openpanel/web',
    `import { OpenPanel } from '@openpanel/web'; window.t = new OpenPanel({ clientId: 'x', trackScreenViews: true })`,
  ],
  segment: [
    '@segment/analytics-next',
    `import { AnalyticsBrowser } from '@segment/analytics-next'; window.t = AnalyticsBrowser.load({ writeKey: 'x' })`,
  ],
  snowplow: [
    '@snowplow/browser-tracker',
    `import { newTracker, trackPageView } from '@snowplow/browser-tracker'; newTracker('t', 'x'); window.t = trackPageView`,
  ],
  'posthog slim': [
    'posthog-js',
    `import posthog from 'posthog-js/dist/module.slim'; window.t = posthog.init('x')`,
  ],
  amplitude: [
    '@amplitude/analytics-browser',
    `import { init, track } from '@amplitude/analytics-browser'; init('x'); window.t = track`,
  ],
};

const gzipped = (text) => gzipSync(text, { level: 9 }).length;
const ours = (file) => gzipped(readFileSync(new URL(`../../packages/tracker/dist/${file}`, import.meta.url)));

const rows = [
  ['LiveInsight', ours('liveinsight.js')],
  ['LiveInsight extended', ours('liveinsight.extended.js')],
];
const directory = mkdtempSync(join(tmpdir(), 'liveinsight-size-'));
try {
  writeFileSync(join(directory, 'package.json'), '{"private":true,"type":"module"}');
  for (const [name, [module, source]] of Object.entries(peers)) {
    try {
      execFileSync('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', module], {
        cwd: directory,
        stdio: 'ignore',
      });
      rows.push([name, await weigh(directory, source)]);
    } catch (error) {
      console.error(`${name} could not be weighed: ${error.message.split('\n')[0]}`);
    }
  }
} finally {
  rmSync(directory, { recursive: true });
}
rows.sort(([, a], [, b]) => a - b);
console.log('| Tracker | bytes, gzip -9 |\n|---|--:|');
for (const [name, bytes] of rows) console.log(`| ${name} | ${bytes} |`);

async function weigh(directory, source) {
  const input = join(directory, 'entry.js');
  writeFileSync(input, source);
  const bundle = await rollup({
    input,
    plugins: [nodeResolve({ browser: true }), commonjs(), terser()],
    onwarn() {},
  });
  const { output } = await bundle.generate({ format: 'es' });
  // What is loaded at once: the entry and what it imports, without what it may load later.
  const chunks = new Map(output.map((chunk) => [chunk.fileName, chunk]));
  const atOnce = new Set([output[0].fileName]);
  for (const name of atOnce) for (const imported of chunks.get(name)?.imports ?? []) atOnce.add(imported);
  return gzipped([...atOnce].map((name) => chunks.get(name)?.code ?? '').join('\n'));
}
