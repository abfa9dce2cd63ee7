/** `liveinsight doctor`: what is reachable, what is misconfigured, and the remedy for each. */
import { Command } from 'commander';
import { deploymentOf, parseEnvironment } from '../aws/deployment.js';
import type { Choice, DatabaseOptions } from '../database/choose.js';
import type { Finding } from '../doctor/finding.js';
import { awsOption, dataOption, parseUrl, portOption } from '../options.js';
import { harmless, paint, print, safeJson } from '../print.js';

interface DoctorOptions extends DatabaseOptions {
  port: number;
  url?: string;
  origin?: string;
  json?: boolean;
}

export function doctorCommand(): Command {
  return new Command('doctor')
    .description('check machine, database and collector; each finding with its remedy')
    .option('-u, --url <url>', 'collector to ask (default: the dev server that runs here)', parseUrl)
    .option('-o, --origin <origin>', 'website that is to send, as https://shop.example', parseUrl)
    .option('--json', 'the findings as JSON')
    .addOption(portOption())
    .addOption(dataOption())
    .addOption(awsOption())
    .argument('[environment]', 'with --aws: the deployment to look over, as prod', parseEnvironment)
    .addHelpText('after', '\nExit code 1 where there is a problem; warnings alone give 0.')
    .action(doctor);
}

async function doctor(environment: string | undefined, options: DoctorOptions): Promise<void> {
  const { chooseDatabase } = await import('../database/choose.js');
  const { checkNode } = await import('../doctor/machine.js');
  const findings = [
    checkNode(),
    ...(environment === undefined
      ? await examine(chooseDatabase(options), options)
      : await (await import('../aws/doctor.js')).examineDeployment(
          deploymentOf(environment),
          options.origin,
        )),
  ];
  if (options.json) print(safeJson(findings, 2));
  else show(findings);
  if (findings.some(({ state }) => state === 'problem')) process.exitCode = 1;
}

async function examine(choice: Choice, options: DoctorOptions): Promise<Finding[]> {
  const [database, rollups, collector] = await Promise.all([
    import('../doctor/database.js'),
    import('../doctor/rollups.js'),
    import('../doctor/collector.js'),
  ]);
  const askCollector = async (url: string | undefined) =>
    url ? collector.checkCollector(url, options.origin) : [];

  if (choice.kind === 'environment') {
    const environment = await import('../doctor/environment.js');
    if (!options.aws && (await environment.saysNothing()))
      return [environment.nothingHere(), ...(await askCollector(options.url))];
    const aws = await environment.checkAws();
    const endpoint = await environment.endpointOfEnvironment();
    const usable = endpoint !== undefined && !aws.some(({ state }) => state === 'problem');
    return [
      ...aws,
      ...(usable ? await database.checkDatabase(endpoint, {}) : []),
      ...(usable ? await rollups.checkRollups({}) : []),
      ...environment.checkCollectorOptions(),
      ...(await askCollector(options.url)),
    ];
  }

  const machine = await import('../doctor/machine.js');
  const { openDatabase } = await import('../database/choose.js');
  const { Failure } = await import('../failure.js');
  const { problem } = await import('../doctor/finding.js');
  const { folder } = choice;
  const findings = machine.checkDataFolder(folder);
  try {
    const opened = await openDatabase(choice);
    findings.push(await machine.checkPort(options.port, opened.servedAt));
    findings.push(...(await database.checkDatabase(opened.endpoint ?? '', opened.options)));
    findings.push(...(await rollups.checkRollups(opened.options)));
    findings.push(...(await askCollector(options.url ?? opened.servedAt)));
    await opened.close();
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    findings.push(problem('database', error.message, error.remedy));
  }
  return findings;
}

const MARKS = { ok: paint('green', '✓'), warning: paint('yellow', '!'), problem: paint('red', '✗') };

function show(findings: Finding[]): void {
  for (const { check, state, says, remedy } of findings) {
    print(`${MARKS[state]} ${check.padEnd(12)} ${harmless(says)}`);
    if (remedy) print(`  ${''.padEnd(12)} ${paint('bold', remedy)}`);
  }
  const count = (wanted: Finding['state']) => findings.filter(({ state }) => state === wanted).length;
  print(`\n${count('ok')} well, ${count('warning')} to look at, ${count('problem')} to mend`);
}
