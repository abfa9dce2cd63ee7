// Checks the templates of deployments with cfn-lint, which knows what CloudFormation takes, at a pinned version.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describeMissing, findPinned, pythonTool } from './pinned-tool.mjs';
import { run } from './run.mjs';

const app = fileURLToPath(new URL('../packages/cdk/dist/app.js', import.meta.url));
const cfnLint = pythonTool('cfn-lint', '1.58.0');

/** Rules that are not gone by, and why. */
const EXCEPTIONS = {
  W3005:
    "the CDK names a function's role as a dependency although the function refers to it: it does no harm",
};

const sites = [{ id: 'shop', origins: ['https://shop.example'] }];
const most = {
  tracing: true,
  firewall: {},
  cap: { writeUnitsPerSecond: 2_000, readUnitsPerSecond: 4_000 },
  reservedConcurrency: { ingest: 100 },
  alarmTopicArn: 'arn:aws:sns:us-east-1:000000000000:on-call',
};

/** Each choice of an option is in one of them at least. @type {[environment: string, config: object][]} */
const variants = [
  ['dev', {}],
  ['stage', { entryPoint: 'http-api', keepData: true, rollout: 'canary', monitoring: 'lean' }],
  ['prod', most],
  ['all', { ...most, entryPoint: 'http-api', ingest: 'buffered', monitoring: 'full' }],
];

/** @returns {Promise<{ passed: number, failed: number, notes: string[] }>} where it could not run, that is noted, and on CI failed */
export async function checkTemplates() {
  const path = await findPinned(cfnLint);
  if (path === undefined) {
    const note = describeMissing(cfnLint);
    console.log(note);
    return { passed: 0, failed: process.env.CI === 'true' ? 1 : 0, notes: [note] };
  }
  const folder = mkdtempSync(join(tmpdir(), 'liveinsight-templates-'));
  try {
    const templates = [];
    for (const [environment, config] of variants) {
      templates.push(await synthesise(join(folder, environment), environment, config));
    }
    const ignored = Object.keys(EXCEPTIONS).flatMap((rule) => ['--ignore-checks', rule]);
    const { ok } = await run(path, ['--regions', 'us-east-1', ...ignored, '--', ...templates]);
    return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, notes: [] };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * @param {string} outdir
 * @param {string} environment
 * @param {object} config
 * @returns {Promise<string>} the template's file
 */
async function synthesise(outdir, environment, config) {
  const file = `${outdir}.json`;
  writeFileSync(file, JSON.stringify({ region: 'us-east-1', sites, ...config }));
  const env = {
    ...process.env,
    LIVEINSIGHT_ENVIRONMENT: environment,
    LIVEINSIGHT_CONFIG: file,
    CDK_OUTDIR: outdir,
  };
  const { ok, output } = await run(process.execPath, [app], { env, quiet: true, timeoutMs: 120_000 });
  if (!ok) throw new Error(`the deployment ${environment} is not synthesised: ${output}`);
  return join(outdir, `LiveInsight-${environment}.template.json`);
}
