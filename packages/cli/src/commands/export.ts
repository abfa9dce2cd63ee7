/** `liveinsight export`: a site's raw events, one file per day. */
import { Command, Option } from 'commander';
import { CliError } from '../cli-error.js';
import { daysBetween, isComplete, parseDay } from '../data/export-days.js';
import type { DataCommandOptions } from '../data/with-site-data.js';
import { awsOption, dataOption, siteOption } from '../options.js';
import { endWithReader, escapedJson, print, replaceControlCharsInLines } from '../print.js';

const FORMATS = ['ndjson', 'csv', 'parquet'] as const;
const DAY_MS = 86_400_000;

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
    .argument('<target>', 'folder, s3://bucket/folder, or - for one file on standard output')
    .addOption(siteOption())
    .addOption(new Option('-f, --format <format>', 'format of the files').choices(FORMATS).default('ndjson'))
    .option(
      '--from <date>',
      'first UTC day, as 2026-01-31 (default: as far back as raw events are kept)',
      parseDay,
    )
    .option('--to <date>', 'last UTC day (default: today)', parseDay)
    .option('--again', 'write every day anew, as after an import or an erasure')
    .addOption(dataOption())
    .addOption(awsOption())
    .addHelpText(
      'after',
      '\nRun again after a break or a day later, it goes on: a day whose file was written after its end is skipped. NDJSON can be imported again.',
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
    throw new CliError('--from is after --to', 'Give the first day first.');
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
    print(`Exported site ${site} of ${where} to ${place}: ${written} days written, ${skipped} there already`);
  });
}

/** Standard output may be a terminal, or become one behind a pipe: what could drive it is escaped, in CSV replaced. */
async function* forTerminal(
  bytes: AsyncIterable<Uint8Array>,
  format: ExportOptions['format'],
): AsyncGenerator<Uint8Array | string> {
  if (format === 'parquet') {
    if (process.stdout.isTTY)
      throw new CliError(
        'a Parquet file is not for a terminal',
        'Give a folder, or send it to a file: > events.parquet.',
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
