/** `liveinsight tables`: makes what is missing, and says what is wrong with what is there. */
import type { TableReport } from '@liveinsight/collector/dynamodb';
import { Argument, Command } from 'commander';
import { CliError } from '../cli-error.js';
import type { DatabaseOptions } from '../database/resolve-database.js';
import { awsOption, dataOption } from '../options.js';
import { print, style } from '../print.js';

export function tablesCommand(): Command {
  return new Command('tables')
    .description('create the two tables where they are missing, and show their state')
    .addArgument(
      new Argument('[action]', 'check changes nothing').choices(['create', 'check']).default('create'),
    )
    .addOption(dataOption())
    .addOption(awsOption())
    .addHelpText(
      'after',
      '\nNames: EVENTS_TABLE and ROLLUPS_TABLE. Place: AWS_REGION, or AWS_ENDPOINT_URL_DYNAMODB, or AWS_ENDPOINT_URL.\nExit code 1 where a table is missing or not as it should be.',
    )
    .action(tables);
}

async function tables(action: 'create' | 'check', options: DatabaseOptions): Promise<void> {
  const { resolveDatabase, openDatabase } = await import('../database/resolve-database.js');
  const { checkTables, createTables } = await import('@liveinsight/collector/dynamodb');
  const database = await openDatabase(resolveDatabase(options));
  try {
    print(`In ${database.where}:`);
    const reports = await (action === 'create' ? createTables : checkTables)(database.options);
    for (const report of reports) showTable(report);
    if (reports.some(({ problems }) => problems.length > 0)) process.exitCode = 1;
  } catch (error) {
    if (error instanceof CliError) throw error;
    const { toCliError } = await import('../error-hints.js');
    throw toCliError(error);
  } finally {
    await database.close();
  }
}

function showTable({ table, created, problems }: TableReport): void {
  const state = problems.length > 0 ? style('red', 'wrong') : style('green', created ? 'created' : 'ready');
  print(`  ${table.padEnd(28)} ${state}`);
  for (const problem of problems) print(`    ${problem}`);
}
