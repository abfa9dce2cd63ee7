/** `liveinsight erase`: permanently deletes a person's raw data. */
import { createInterface } from 'node:readline/promises';
import { Command } from 'commander';
import { CliError } from '../cli-error.js';
import type { DataCommandOptions } from '../data/with-site-data.js';
import { awsOption, dataOption, siteOption } from '../options.js';
import { print, replaceControlChars } from '../print.js';

interface EraseOptions extends DataCommandOptions {
  user?: string;
  visitor?: string;
  value?: string;
  containing?: string;
  yes?: boolean;
}

export function eraseCommand(): Command {
  return new Command('erase')
    .description('permanently delete a person’s raw events')
    .option('-u, --user <id>', 'delete an identified user')
    .option('-v, --visitor <id>', 'delete a device by its visitor_id (scans all raw events of the site)')
    .option('--value <text>', 'count this value as (other) in the stats, for example /people/alice')
    .option(
      '--containing <text>',
      'count all values that contain this text as (other), for example alice@example.com',
    )
    .option('-y, --yes', 'skip the confirmation')
    .addOption(siteOption())
    .addOption(dataOption())
    .addOption(awsOption())
    .addHelpText(
      'after',
      '\nTotals that include the person do not change. Paths, link texts, event names and campaigns that identify them stay in the stats until you remove them with --value or --containing. A device can still deliver a batch that it has stored: withdraw consent there first.',
    )
    .action(runErase);
}

async function runErase({ user, visitor, value, containing, yes, ...options }: EraseOptions): Promise<void> {
  const given = [user, visitor, value, containing].filter((one) => one !== undefined);
  if (given.length !== 1)
    throw new CliError(
      'nothing to erase, or more than one thing',
      'Pass exactly one of --user, --visitor, --value and --containing.',
    );
  const { withSiteData } = await import('../data/with-site-data.js');
  await withSiteData(options, async ({ data, site, where }) => {
    if (value !== undefined || containing !== undefined) {
      const which = value === undefined ? `values that contain ${containing}` : `the value ${value}`;
      if (!yes) await confirm(`This counts ${which} as (other) in all stats of site ${site} in ${where}.`);
      const values = value === undefined ? { containing: containing ?? '' } : { value };
      const { states, rows } = await data.removeValues(site, values);
      print(`Counted ${rows} rows as (other) in ${states} hours, days and months`);
      return;
    }
    const who = user === undefined ? `visitor ${visitor}` : `user ${user}`;
    if (!yes)
      await confirm(`This permanently deletes all raw events of ${who} from site ${site} in ${where}.`);
    const { sessions, batches, events } =
      user === undefined ? await data.eraseVisitor(site, visitor ?? '') : await data.eraseUser(site, user);
    print(`Deleted ${events} events of ${who} (${batches} batches, ${sessions} sessions)`);
  });
}

async function confirm(what: string): Promise<void> {
  if (!process.stdin.isTTY)
    throw new CliError(
      'confirmation required, but stdin is not a terminal',
      'To erase without confirmation, pass --yes.',
    );
  const asking = createInterface({ input: process.stdin, output: process.stdout });
  const given = await asking.question(`${replaceControlChars(what)} Type yes to continue: `);
  asking.close();
  if (given.trim() !== 'yes') throw new CliError('not confirmed', 'Nothing was changed.');
}
