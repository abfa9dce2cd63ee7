/** `liveinsight rollup`: one round of rolling up, as a schedule or a person wants it. */
import { createCollector, optionsFromEnvironment } from '@liveinsight/collector';
import { dynamoStore } from '@liveinsight/collector/dynamodb';
import { Command } from 'commander';
import { CliError } from '../cli-error.js';
import type { DatabaseOptions, ResolvedDatabase } from '../database/resolve-database.js';
import { awsOption, DEFAULT_SITE, dataOption } from '../options.js';
import { print, safeJson } from '../print.js';

export function rollupCommand(): Command {
  return new Command('rollup')
    .description('fold what has arrived into hours, days and months, once')
    .addOption(dataOption())
    .addOption(awsOption())
    .option(
      '--exclude-bots',
      "leave bots out of an embedded database's numbers, as its dev server does with it",
    )
    .addHelpText(
      'after',
      '\nCollectors do it by themselves every minute; this is for a schedule instead, or after a pause. Any number may run at once.',
    )
    .action(rollup);
}

interface RollupOptions extends DatabaseOptions {
  excludeBots?: boolean;
}

async function rollup(options: RollupOptions): Promise<void> {
  const { resolveDatabase, openDatabase } = await import('../database/resolve-database.js');
  const choice = resolveDatabase(options);
  const settings = getCollectorOptions(choice, options.excludeBots ?? false);
  const database = await openDatabase(choice);
  const collector = createCollector({
    ...settings,
    store: dynamoStore(database.options),
    rollUpEverySeconds: 0,
    onRollupMismatch: ({ site, day, counters }) =>
      print(
        `  ${site}: the day of ${new Date(day).toISOString()} differs from its hours: ${safeJson(counters)}`,
      ),
  });
  try {
    await collector.rollUp();
    print(`Rolled up in ${database.where}`);
  } catch (error) {
    const { toCliError } = await import('../error-hints.js');
    throw error instanceof CliError ? error : toCliError(error);
  } finally {
    await collector.close();
    await database.close();
  }
}

/** The secret must be the collector's own: visitors are counted by it. */
function getCollectorOptions(choice: ResolvedDatabase, excludeBots: boolean) {
  if (choice.kind === 'embedded') {
    return { secret: choice.folder.secret(), sites: [{ id: DEFAULT_SITE }], countBots: !excludeBots };
  }
  return optionsFromEnvironment(process.env);
}
