/** `liveinsight erase`: deletes a person's raw data for good. */
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
    .description('delete what is kept of a person, for good')
    .option('-u, --user <id>', 'an identified user')
    .option('-v, --visitor <id>', 'a device, by its visitor_id: looks at all raw events of the site')
    .option('--value <text>', 'a value of the numbers, which then counts as (other), as /people/alice')
    .option('--containing <text>', 'all values of the numbers that contain this, as alice@example.com')
    .option('-y, --yes', 'do not ask')
    .addOption(siteOption())
    .addOption(dataOption())
    .addOption(awsOption())
    .addHelpText(
      'after',
      '\nWhat was counted of a person stays in the numbers. Paths, texts of links, event names and campaigns that name them stay too, until --containing removes them. A batch that still waits on the device comes back with it: withdraw consent there first.',
    )
    .action(runErase);
}

async function runErase({ user, visitor, value, containing, yes, ...options }: EraseOptions): Promise<void> {
  const given = [user, visitor, value, containing].filter((one) => one !== undefined);
  if (given.length !== 1)
    throw new CliError(
      'it is not clear what is meant',
      'Give --user, --visitor, --value or --containing, one of them.',
    );
  const { withSiteData } = await import('../data/with-site-data.js');
  await withSiteData(options, async ({ data, site, where }) => {
    if (value !== undefined || containing !== undefined) {
      const which = value === undefined ? `values that contain ${containing}` : `the value ${value}`;
      if (!yes) await confirm(`This counts ${which} as (other) in all numbers of site ${site} of ${where}.`);
      const values = value === undefined ? { containing: containing ?? '' } : { value };
      const { states, rows } = await data.removeValues(site, values);
      print(`Moved ${rows} rows to (other), in ${states} hours, days and months`);
      return;
    }
    const who = user === undefined ? `visitor ${visitor}` : `user ${user}`;
    if (!yes) await confirm(`This deletes all of ${who} at site ${site} of ${where}.`);
    const { sessions, batches, events } =
      user === undefined ? await data.eraseVisitor(site, visitor ?? '') : await data.eraseUser(site, user);
    print(`Deleted ${events} events of ${who}, in ${batches} batches of ${sessions} sessions`);
  });
}

async function confirm(what: string): Promise<void> {
  if (!process.stdin.isTTY)
    throw new CliError('nobody is here to be asked', 'To delete it nevertheless: --yes');
  const asking = createInterface({ input: process.stdin, output: process.stdout });
  const given = await asking.question(`${replaceControlChars(what)} yes, to go on: `);
  asking.close();
  if (given.trim() !== 'yes') throw new CliError('that was not yes', 'Nothing was deleted.');
}
