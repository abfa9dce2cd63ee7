/** `liveinsight tables`: creates missing tables and reports problems of existing ones. */
import type { TableReport } from '@liveinsight/collector/dynamodb';
import { Argument, Command } from 'commander';
import { CliError } from '../cli-error.js';
import type { DatabaseOptions } from '../database/resolve-database.js';
import { awsOption, dataOption } from '../options.js';
import { print, style } from '../print.js';

export function tablesCommand(): Command {
  return new Command('tables')
    .description('create missing tables and show the state of both tables')
    .addArgument(
      new Argument('[action]', 'create missing tables, or only check them')
        .choices(['create', 'check'])
        .default('create'),
    )
    .addOption(dataOption())
    .addOption(awsOption())
    .addHelpText(
      'after',
      '\nTable names: EVENTS_TABLE and ROLLUPS_TABLE. Database: AWS_REGION, AWS_ENDPOINT_URL_DYNAMODB or AWS_ENDPOINT_URL.\nExits with 1 if a table is missing or has the wrong settings.',
    )
    .action(tables);
}

async function tables(action: 'create' | 'check', options: DatabaseOptions): Promise<void> {
  const { resolveDatabase, openDatabase } = await import('../database/resolve-database.js');
  const { checkTables, createTables } = await import('@liveinsight/collector/dynamodb');
  const database = await openDatabase(resolveDatabase(options));
  try {
    if (!database.tables) {
      await database.store.ping();
      print(`Nothing to do: ${database.where} creates its tables itself.`);
      return;
    }
    print(`Tables in ${database.where}:`);
    const reports = await (action === 'create' ? createTables : checkTables)(database.tables);
    for (const report of reports) showTable(report);
    if (reports.some(({ problems }) => problems.length > 0)) process.exitCode = 1;
  } catch (error) {
    if (error instanceof CliError) throw error;
    const { toCliError } = await import('../error-hints.js');
    throw toCliError(error);
  } finally {
    await database.store.close();
  }
}

function showTable({ table, created, problems }: TableReport): void {
  const state =
    problems.length > 0 ? style('red', 'not ready') : style('green', created ? 'created' : 'ready');
  print(`  ${table.padEnd(28)} ${state}`);
  for (const problem of problems) print(`    ${problem}`);
}
