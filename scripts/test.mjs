// `npm test`: gets the tools, builds, and runs every check and test there is. Ends with `N passed, N failed`.
// `npm test -- --first-use`, as CI runs it, also does what a newcomer does, in empty folders and with what npm's registry has.
import { mkdirSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { audit } from './audit.mjs';
import { checkTemplates } from './check-templates.mjs';
import { checkWorkflows } from './check-workflows.mjs';
import { ensureBrowsers, ensureShell } from './ensure-browsers.mjs';
import { findTools, toolEnvironment } from './find-tools.mjs';
import { killAll, run } from './run.mjs';
import { testOnNode } from './test-on-node.mjs';
import { readTestReport } from './test-report.mjs';

/** @typedef {{ passed: number, failed: number, notes?: string[] }} Outcome */

const root = fileURLToPath(new URL('..', import.meta.url));
process.chdir(root);
const onCi = process.env.CI === 'true';
const bin = (/** @type {string} */ name) => `${root}node_modules/.bin/${name}`;
/** @type {NodeJS.ProcessEnv} */
let env = { ...process.env, TURBO_TELEMETRY_DISABLED: '1' };
/** Ends a run that hangs. A run takes half as long on two slow cores: it is no judge of a machine's speed. */
const VITEST_MS = 1_800_000;
const OTHER_NODES = [22, 24];

const stages = {
  tools: getTools,
  build: () => turbo('build'),
  lint: () => check(bin('biome'), ['check', '.']),
  types,
  workflows: checkWorkflows,
  audit,
  tests: () => vitest('vitest', []),
  ...(process.argv.includes('--first-use') && {
    'first use': () => vitest('first-use', ['--config', 'e2e/first-use/vitest.config.ts']),
    AWS: () => vitest('aws', ['--config', 'packages/cdk/emulator/vitest.config.ts']),
    templates: checkTemplates,
    docs: () => check('npm', ['run', 'docs:build']),
    unused: () => check('npm', ['run', 'unused']),
    'other Node': onOtherNodes,
  }),
  package: () => turbo('test:package'),
  size: () => turbo('size'),
};

const total = { passed: 0, failed: 0 };
/** @type {string[]} */
const summary = [];

for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
  process.once(signal, () => {
    total.failed += 1;
    finish(`interrupted by ${signal}`);
  });
}

for (const [name, stage] of Object.entries(stages)) {
  console.log(`\n── ${name}`);
  const started = performance.now();
  /** @type {Outcome} */
  const {
    passed,
    failed,
    notes = [],
  } = await stage().catch((error) => ({ passed: 0, failed: 1, notes: [error.stack] }));
  total.passed += passed;
  total.failed += failed;
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  summary.push(`${name.padEnd(9)} ${seconds.padStart(6)} s  ${passed} passed, ${failed} failed`);
  summary.push(...notes.map((note) => `         ${note}`));
}
finish();

/** @param {string} [why] */
function finish(why) {
  killAll();
  console.log(`\n── ${why ?? 'summary'}`);
  for (const line of summary) console.log(line);
  console.log(`\n${total.passed} passed, ${total.failed} failed`);
  process.exit(total.failed === 0 ? 0 : 1);
}

/** What is missing is no failure here: the tests that need it are named as not run, and fail the run on CI. */
async function getTools() {
  const missing = await ensureBrowsers();
  const slower = await ensureShell();
  const tools = await findTools();
  env = { ...env, ...toolEnvironment(tools) };
  for (const [name, tool] of Object.entries(tools)) console.log(`${name}: ${tool.path}`);
  const notes = missing.map((line) => `missing: ${line}`);
  if (slower) notes.push(slower);
  for (const note of notes) console.log(note);
  return { passed: 0, failed: 0, notes };
}

async function types() {
  const packages = await turbo('test:types');
  const repository = await check(bin('tsc'), ['--noEmit']);
  return { passed: packages.passed + repository.passed, failed: packages.failed + repository.failed };
}

/**
 * @param {string} name of the report
 * @param {string[]} which tests; by default all of the workspaces
 * @returns {Promise<Outcome>}
 */
async function vitest(name, which) {
  const report = `${root}node_modules/.cache/liveinsight/${name}.json`;
  mkdirSync(`${root}node_modules/.cache/liveinsight`, { recursive: true });
  rmSync(report, { force: true });
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const { ok, timedOut } = await run(bin('vitest'), ['run', ...which, ...reporters], {
    env,
    timeoutMs: VITEST_MS,
  });
  const { passed, failed, notRun } = readTestReport(report, ok);
  const notes = notRun.map(
    ({ file, tests }) => `not run: ${tests} of ${file}${onCi ? ' (a failure on CI)' : ''}`,
  );
  if (timedOut) notes.push(`${name} was stopped after ${VITEST_MS / 60_000} minutes`);
  const left = notRun.reduce((sum, { tests }) => sum + tests, 0);
  return { passed, failed: failed + (onCi ? left : 0), notes };
}

/** This run is of one version; the others that are supported run what depends on Node. */
async function onOtherNodes() {
  const current = Number.parseInt(process.versions.node, 10);
  const outcome = { passed: 0, failed: 0 };
  for (const major of OTHER_NODES.filter((one) => one !== current))
    outcome[(await testOnNode(major)) ? 'passed' : 'failed'] += 1;
  return outcome;
}

/** @param {string} task run in every package that has it */
function turbo(task) {
  const args = ['run', task, '--continue', '--concurrency=2', '--output-logs=errors-only'];
  return check(bin('turbo'), args);
}

/**
 * @param {string} command
 * @param {string[]} args
 * @returns {Promise<Outcome>}
 */
async function check(command, args) {
  const { ok } = await run(command, args, { env });
  return { passed: ok ? 1 : 0, failed: ok ? 0 : 1 };
}
