/** `liveinsight import`: history from an export or from elsewhere. */
import { Command } from 'commander';
import { CliError } from '../cli-error.js';
import type { DataCommandOptions } from '../data/with-site-data.js';
import { awsOption, dataOption, siteOption } from '../options.js';
import { print, printError, replaceControlChars } from '../print.js';

/** Rejected lines shown per file. */
const MAX_SHOWN = 20;

export function importCommand(): Command {
  return new Command('import')
    .description('import history from NDJSON, one batch per line')
    .argument('<files...>', 'exported files or folders (.ndjson or .ndjson.gz), or - for standard input')
    .addOption(siteOption())
    .addOption(dataOption())
    .addOption(awsOption())
    .addHelpText(
      'after',
      "\nEach line is a batch in wire format with its received_at in ms; events count at that time. All events go to one site: --site, or 'default' with an embedded database. The `site` of each line is ignored. Importing the same file again changes nothing.\n\nEvents that are older than the site's retention, or fall into an hour that already has stats, are counted by the first roll-up that starts 120 s or more after the import ends: the collector's own, or `liveinsight rollup`.",
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
    let [lines, accepted, rejected] = [0, 0, 0];
    for (const { name, bytes } of inputs) {
      const done = await data.importLines(bytes(), site);
      lines += done.lines;
      accepted += done.accepted;
      for (const { line, message } of done.refused.slice(0, MAX_SHOWN)) {
        printError(`${name}, line ${line}: ${replaceControlChars(message)}`);
      }
      rejected += done.refused.length + (done.refused_more ?? 0);
      if (done.retry) {
        throw new CliError(
          `the database stopped accepting writes at ${name}, line ${done.lines}`,
          'Run the same command again. Events are never stored twice.',
        );
      }
    }
    print(`Imported ${accepted} events from ${lines} lines into site ${site} of ${where}`);
    if (rejected > 0)
      throw new CliError(`${rejected} entries were rejected`, 'Fix these lines and import them again.');
  });
}
