// Checks the templates of deployments at pinned versions: by cfn-lint (does CloudFormation take them?) and checkov (are they safe?).
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { judgeFindings } from './judge-findings.mjs';
import { describeMissing, findPinned, pythonModule, pythonTool } from './pinned-tool.mjs';
import { run } from './run.mjs';

/** @typedef {import('./judge-findings.mjs').Finding} Finding */

const app = fileURLToPath(new URL('../packages/cdk/dist/app.js', import.meta.url));

const OWN_KEY =
  'it is encrypted with a key of AWS; a key of one’s own costs, and is an option: encryptionKey';
const NO_ACCESS_LOG =
  'access logs would store the IP addresses of visitors; functions and alarms tell of failures';

/**
 * @typedef {object} Judge
 * @property {Record<string, string>} exceptions rules that are not gone by, and why
 * @property {(path: string, templates: string[], folder: string) => Promise<Finding[]>} find
 * @typedef {import('./pinned-tool.mjs').PinnedTool & Judge} Tool
 */

/** @type {Tool[]} */
const tools = [
  {
    ...pythonTool('cfn-lint', '1.58.0'),
    find: findByCfnLint,
    exceptions: {
      W3005:
        'the CDK names a function’s role as a dependency although the function refers to it: it does no harm',
    },
  },
  {
    ...pythonModule('checkov', '3.3.30'),
    find: findByCheckov,
    exceptions: {
      CKV_AWS_18: `the bucket only holds public files; ${NO_ACCESS_LOG}`,
      CKV_AWS_21: 'each deployment publishes all files again, and a version stays under a name of its own',
      CKV_AWS_27: `SQS encrypts the queues with its own key, which the rule does not know; ${OWN_KEY}`,
      CKV_AWS_68: 'a firewall costs more than a small site: it is an option (firewall)',
      CKV_AWS_86: NO_ACCESS_LOG,
      CKV_AWS_115:
        'what is reserved is taken from the functions of the whole account: it is an option (reservedConcurrency)',
      CKV_AWS_116:
        'who calls waits for the result; a roll-up is not repeated but goes on in the next round, and the buffer has dead letters of its own',
      CKV_AWS_117:
        'functions only call services of AWS; from a VPC these need gateways that cost more than all else',
      CKV_AWS_119: OWN_KEY,
      CKV_AWS_149: OWN_KEY,
      CKV_AWS_158:
        'logs hold neither events nor addresses of visitors; CloudWatch encrypts them with its own key',
      CKV_AWS_173:
        'variables hold names of tables and secrets, not their values; Lambda encrypts them with its own key',
      CKV_AWS_174:
        'CloudFront sets the version of TLS for its own domain; TLS 1.2 is set with a domain of one’s own',
      CKV_AWS_192:
        'nothing here runs Java, and a rule that looks for such texts would block events of pages that write about them',
      CKV_AWS_258:
        'browsers send events without signing them; functions answer only those who know the origin secret',
    },
  },
];

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

/** @returns {Promise<{ passed: number, failed: number, notes: string[] }>} what could not run is noted, and on CI failed */
export async function checkTemplates() {
  const outcome = { passed: 0, failed: 0, notes: /** @type {string[]} */ ([]) };
  const folder = mkdtempSync(join(tmpdir(), 'liveinsight-templates-'));
  try {
    /** @type {string[]} */
    const templates = [];
    for (const [environment, config] of variants) {
      templates.push(await synthesise(join(folder, environment), environment, config));
    }
    const judged = await Promise.all(tools.map((tool) => judge(tool, templates, folder)));
    for (const [at, problems] of judged.entries()) {
      const tool = /** @type {Tool} */ (tools[at]);
      if (problems === undefined) {
        outcome.notes.push(describeMissing(tool));
        if (process.env.CI === 'true') outcome.failed += 1;
        continue;
      }
      for (const problem of problems) console.log(`${tool.name} ${problem}`);
      outcome[problems.length === 0 ? 'passed' : 'failed'] += 1;
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  for (const note of outcome.notes) console.log(note);
  return outcome;
}

/**
 * @param {Tool} tool
 * @param {string[]} templates
 * @param {string} folder
 * @returns {Promise<string[] | undefined>} what is wrong; undefined where the tool is missing
 */
async function judge(tool, templates, folder) {
  const path = await findPinned(tool);
  if (path === undefined) return undefined;
  return judgeFindings(await tool.find(path, templates, folder), tool.exceptions);
}

/**
 * @param {string} path
 * @param {string[]} templates
 * @param {string} folder
 * @returns {Promise<Finding[]>}
 */
async function findByCfnLint(path, templates, folder) {
  const report = join(folder, 'cfn-lint.json');
  const args = ['--regions', 'us-east-1', '--format', 'json', '--output-file', report, '--', ...templates];
  // It ends with a code for what it found.
  const { output } = await run(path, args, { quiet: true });
  /** @type {{ Rule: { Id: string }, Message: string, Filename: string }[]} */
  const findings = readReport(report, output);
  return findings.map(({ Rule, Message, Filename }) => ({ rule: Rule.Id, what: `${Message} (${Filename})` }));
}

/**
 * One process for all templates: to start takes most of its time.
 * @param {string} path
 * @param {string[]} templates
 * @param {string} folder
 * @returns {Promise<Finding[]>}
 */
async function findByCheckov(path, templates, folder) {
  const format = ['--framework', 'cloudformation', '--compact', '--quiet', '--output', 'json'];
  const where = ['--soft-fail', '--skip-download', '--output-file-path', folder];
  const args = ['-m', 'checkov.main', ...format, ...where, '--file', ...templates];
  const { output } = await run(path, args, { quiet: true });
  const { results, summary } = readReport(join(folder, 'results_json.json'), output);
  if (summary.parsing_errors > 0)
    throw new Error(`checkov could not read ${summary.parsing_errors} templates`);
  return results.failed_checks.map(
    (
      /** @type {{ check_id: string, check_name: string, resource: string, file_path: string }} */ failed,
    ) => ({
      rule: failed.check_id,
      what: `${failed.check_name}: ${failed.resource} (${failed.file_path})`,
    }),
  );
}

/**
 * @param {string} file
 * @param {string} output of the tool that should have written it
 */
function readReport(file, output) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new Error(`there is no report ${file}: ${output}`, { cause });
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
    // The CDK's own check takes longer than all the rest, and cfn-lint knows its rules.
    CDK_VALIDATION: 'false',
  };
  const { ok, output } = await run(process.execPath, [app], { env, quiet: true, timeoutMs: 120_000 });
  if (!ok) throw new Error(`the deployment ${environment} is not synthesised: ${output}`);
  return join(outdir, `LiveInsight-${environment}.template.json`);
}
