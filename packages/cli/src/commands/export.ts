/** `liveinsight export`: a site's raw events, one file per day. */
import { Command, Option } from 'commander';
import { CliError } from '../cli-error.js';
import { daysBetween, isComplete, parseDay } from '../data/export-days.js';
import type { DataCommandOptions } from '../data/with-site-data.js';
import { awsOption, dataOption, siteOption } from '../options.js';
import { endWithReader, escapedJson, print, replaceControlCharsInLines } from '../print.js';
import { DAY_MS } from '../time.js';

const FORMATS = ['ndjson', 'csv', 'parquet'] as const;

interface ExportOptions extends DataCommandOptions {
  format: (typeof FORMATS)[number];
  /** First ms of the day. */
  from?: number;
  to?: number;
  again?: boolean;
}

export function exportCommand(): Command {
  return new Command('export')
    .description('write a site’s raw events to files, one per UTC day')
    .argument('<target>', 'folder, s3://bucket/folder, or - for standard output')
    .addOption(siteOption())
    .addOption(new Option('-f, --format <format>', 'file format').choices(FORMATS).default('ndjson'))
    .option(
      '--from <date>',
      'first UTC day, for example 2026-01-31 (default: the start of the retention period)',
      parseDay,
    )
    .option('--to <date>', 'last UTC day (default: today)', parseDay)
    .option('--again', 'overwrite existing files, for example after an import or an erasure')
    .addOption(dataOption())
    .addOption(awsOption())
    .addHelpText(
      'after',
      '\nRun it again to resume or to add new days: a day whose file was written after the day ended is skipped. You can import NDJSON files again.',
    )
    .action(runExport);
}

async function runExport(place: string, options: ExportOptions): Promise<void> {
  const [{ withSiteData }, { openTarget }] = await Promise.all([
    import('../data/with-site-data.js'),
    import('../data/export-target.js'),
  ]);
  const { from, to = Date.now() } = options;
  if (from !== undefined && from > to)
    throw new CliError('--from is after --to', 'Pass the earlier date as --from.');
  await withSiteData(options, async ({ data, site, where }) => {
    const days = daysBetween(from ?? to - data.retentionDays(site) * DAY_MS, to);
    if (place === '-') {
      endWithReader();
      const range = { from: days[0]?.from ?? to, to: days.at(-1)?.to ?? to };
      const bytes = data.exportBytes(site, options.format, range);
      for await (const part of forTerminal(bytes, options.format)) await toStdout(part);
      return;
    }
    const target = await openTarget(place);
    let [written, skipped] = [0, 0];
    for (const day of days) {
      const name = `${site}-${day.name}.${options.format}`;
      const before = options.again ? undefined : await target.writtenAt(name);
      if (before !== undefined && isComplete(day, before)) {
        skipped += 1;
        continue;
      }
      await target.write(name, data.exportBytes(site, options.format, day));
      written += 1;
    }
    print(
      `Exported site ${site} of ${where} to ${place}: ${written} days written, ${skipped} skipped (already exported)`,
    );
  });
}

/** Standard output may reach a terminal: control characters are escaped in NDJSON and replaced in CSV. */
async function* forTerminal(
  bytes: AsyncIterable<Uint8Array>,
  format: ExportOptions['format'],
): AsyncGenerator<Uint8Array | string> {
  if (format === 'parquet') {
    if (process.stdout.isTTY)
      throw new CliError(
        'cannot write a Parquet file to a terminal',
        'Choose a folder, or redirect the output: > events.parquet',
      );
    return yield* bytes;
  }
  const safe = format === 'csv' ? replaceControlCharsInLines : escapedJson;
  const decoder = new TextDecoder();
  for await (const part of bytes) yield safe(decoder.decode(part, { stream: true }));
}

const toStdout = (bytes: Uint8Array | string): Promise<void> =>
  new Promise((resolve, reject) => {
    process.stdout.write(bytes, (error) => (error ? reject(error) : resolve()));
  });
