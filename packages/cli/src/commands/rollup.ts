/** `liveinsight rollup`: runs one round of roll-ups. */
import { createCollector, optionsFromEnvironment } from '@liveinsight/collector';
import { Command } from 'commander';
import { CliError } from '../cli-error.js';
import type { DatabaseOptions, ResolvedDatabase } from '../database/resolve-database.js';
import { awsOption, DEFAULT_SITE, dataOption } from '../options.js';
import { print, safeJson } from '../print.js';

export function rollupCommand(): Command {
  return new Command('rollup')
    .description('aggregate new events into hours, days and months once')
    .addOption(dataOption())
    .addOption(awsOption())
    .option(
      '--exclude-bots',
      'exclude bots from the stats of an embedded database, like `dev --exclude-bots`',
    )
    .addHelpText(
      'after',
      '\nCollectors do this every minute. Use this command on a schedule instead, or after an outage. It is safe to run several at once.',
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
    store: database.store,
    rollUpEverySeconds: 0,
    onRollupMismatch: ({ site, day, counters }) =>
      print(
        `  ${site}: the totals of the day ${new Date(day).toISOString()} differ from the sum of its hours: ${safeJson(counters)}`,
      ),
  });
  try {
    await collector.rollUp();
    print(`Roll-up finished in ${database.where}`);
  } catch (error) {
    const { toCliError } = await import('../error-hints.js');
    throw error instanceof CliError ? error : toCliError(error);
  } finally {
    await collector.close();
  }
}

/** The secret must be the one of the collector, because visitor ids derive from it. */
function getCollectorOptions(choice: ResolvedDatabase, excludeBots: boolean) {
  if (choice.kind === 'embedded') {
    return { secret: choice.folder.secret(), sites: [{ id: DEFAULT_SITE }], countBots: !excludeBots };
  }
  return optionsFromEnvironment(process.env);
}
