/** `liveinsight doctor`: checks what is reachable and configured, and shows how to fix each problem. */
import { Command } from 'commander';
import { getDeployment, parseEnvironment } from '../aws/deployment.js';
import type { Finding } from '../checks/finding.js';
import type { DatabaseOptions, ResolvedDatabase } from '../database/resolve-database.js';
import { awsOption, dataOption, parseUrl, portOption } from '../options.js';
import { print, replaceControlChars, safeJson, style } from '../print.js';

interface DoctorOptions extends DatabaseOptions {
  port: number;
  url?: string;
  origin?: string;
  json?: boolean;
}

export function doctorCommand(): Command {
  return new Command('doctor')
    .description('check this machine, the database and the collector, and show how to fix problems')
    .option(
      '-u, --url <url>',
      'collector to check (default: the dev server running on this folder)',
      parseUrl,
    )
    .option('-o, --origin <origin>', 'website that sends events, for example https://shop.example', parseUrl)
    .option('--json', 'print the results as JSON')
    .addOption(portOption('port that the dev server needs'))
    .addOption(dataOption())
    .addOption(awsOption())
    .argument('[environment]', 'deployment on AWS to check, for example prod', parseEnvironment)
    .addHelpText('after', '\nExits with 1 if there is a problem, with 0 if there are only warnings.')
    .action(doctor);
}

async function doctor(environment: string | undefined, options: DoctorOptions): Promise<void> {
  const { resolveDatabase } = await import('../database/resolve-database.js');
  const { checkNode } = await import('../checks/node-and-folder.js');
  const findings = [
    checkNode(),
    ...(environment === undefined
      ? await examine(resolveDatabase(options), options)
      : await (await import('../aws/check-deployment.js')).checkDeployment(
          getDeployment(environment),
          options.origin,
        )),
  ];
  if (options.json) print(safeJson(findings, 2));
  else show(findings);
  if (findings.some(({ state }) => state === 'problem')) process.exitCode = 1;
}

async function examine(choice: ResolvedDatabase, options: DoctorOptions): Promise<Finding[]> {
  const [database, rollups, collector, { readKeyFromEnvironment }] = await Promise.all([
    import('../checks/database.js'),
    import('../checks/rollups.js'),
    import('../checks/collector.js'),
    import('@liveinsight/collector/config'),
  ]);
  const askCollector = async (url: string | undefined, key: string | undefined) => {
    if (!url) return [];
    const findings = await collector.checkCollector(url, options.origin);
    if (findings.some(({ check, state }) => check === 'collector' && state === 'problem')) return findings;
    return [...findings, ...(await collector.checkFreshness(url, key))];
  };

  const checkNumbers = async () => {
    const { store } = await openDatabase(choice);
    const findings = await rollups.checkRollups(store);
    await store.close();
    return findings;
  };

  const { openDatabase } = await import('../database/resolve-database.js');
  if (choice.kind === 'environment') {
    const environment = await import('../checks/environment.js');
    if (!options.aws && (await environment.isEnvironmentEmpty()))
      return [
        environment.noDatabaseFound(),
        ...(await askCollector(options.url, readKeyFromEnvironment(process.env))),
      ];
    const aws = await environment.checkAws();
    const endpoint = await environment.resolveEndpoint();
    const usable = endpoint !== undefined && !aws.some(({ state }) => state === 'problem');
    return [
      ...aws,
      ...(usable ? await database.checkDatabase(endpoint, {}) : []),
      ...(usable ? await checkNumbers() : []),
      ...environment.checkCollectorOptions(),
      ...(await askCollector(options.url, readKeyFromEnvironment(process.env))),
    ];
  }

  const machine = await import('../checks/node-and-folder.js');
  const { CliError } = await import('../cli-error.js');
  const { problem } = await import('../checks/finding.js');
  const { folder } = choice;
  const findings = machine.checkDataFolder(folder);
  try {
    const opened = await openDatabase(choice);
    findings.push(await machine.checkPort(options.port, opened.servedAt));
    findings.push(await database.checkEmbedded(opened.where, opened.store));
    findings.push(...(await rollups.checkRollups(opened.store)));
    // The dev server on this folder has made a key of its own.
    const key = options.url ? readKeyFromEnvironment(process.env) : opened.servedAt && folder.key();
    findings.push(...(await askCollector(options.url ?? opened.servedAt, key)));
    await opened.store.close();
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    findings.push(problem('database', error.message, error.remedy));
  }
  return findings;
}

const SYMBOLS = { ok: style('green', '✓'), warning: style('yellow', '!'), problem: style('red', '✗') };

function show(findings: Finding[]): void {
  for (const { check, state, says, remedy } of findings) {
    print(`${SYMBOLS[state]} ${check.padEnd(12)} ${replaceControlChars(says)}`);
    if (remedy) print(`  ${''.padEnd(12)} ${style('bold', remedy)}`);
  }
  const count = (wanted: Finding['state']) => findings.filter(({ state }) => state === wanted).length;
  const total = (wanted: 'warning' | 'problem') =>
    `${count(wanted)} ${wanted}${count(wanted) === 1 ? '' : 's'}`;
  print(`\n${count('ok')} ok, ${total('warning')}, ${total('problem')}`);
}
