/** `liveinsight import`: history from an export or from elsewhere. */
import { Command } from 'commander';
import { CliError } from '../cli-error.js';
import type { DataCommandOptions } from '../data/with-site-data.js';
import { awsOption, dataOption, siteOption } from '../options.js';
import { print, printError, replaceControlChars } from '../print.js';

/** Refusals that are shown one by one. */
const MAX_SHOWN = 20;

export function importCommand(): Command {
  return new Command('import')
    .description('store history: NDJSON, one wire batch a line with its received_at in ms')
    .argument('<files...>', 'files or folders of an export, gzipped or not; - for standard input')
    .addOption(siteOption())
    .addOption(dataOption())
    .addOption(awsOption())
    .addHelpText(
      'after',
      "\nEvents count at their own received_at, and all go to the one site that is meant (with an embedded database 'default', unless --site says another), whatever `site` their lines name. Repeated, it changes nothing. What is older than the site's retention, or of an hour that has numbers already, counts once the import has settled, 120 s after its end: with the next round of rolling up where a collector runs, or by `liveinsight rollup`, which counts nothing of it before that.",
    )
    .action(runImport);
}

async function runImport(places: string[], options: DataCommandOptions): Promise<void> {
  const [{ withSiteData }, { readInputs }] = await Promise.all([
    import('../data/with-site-data.js'),
    import('../data/import-inputs.js'),
  ]);
  const inputs = readInputs(places);
  await withSiteData(options, async ({ data, site, where }) => {
    let [lines, accepted, refused] = [0, 0, 0];
    for (const { name, bytes } of inputs) {
      const done = await data.importLines(bytes(), site);
      lines += done.lines;
      accepted += done.accepted;
      for (const { line, message } of done.refused.slice(0, MAX_SHOWN)) {
        printError(`${name}, line ${line}: ${replaceControlChars(message)}`);
      }
      refused += done.refused.length + (done.refused_more ?? 0);
      if (done.retry) {
        throw new CliError(
          `the store took no more at ${name}, line ${done.lines}`,
          'Run the same command again: what is stored is not stored twice.',
        );
      }
    }
    print(`Imported into site ${site} of ${where}: ${accepted} events of ${lines} lines`);
    if (refused > 0) throw new CliError(`${refused} were refused`, 'Mend these lines and import them again.');
  });
}
