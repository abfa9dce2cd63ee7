/** `liveinsight check`: compares code, tracking plan and traffic, for CI. */
import { Command, InvalidArgumentError } from 'commander';
import { parseUrl } from '../options.js';
import type { Comparison, Difference } from '../plan/compare.js';
import { print, printNote, replaceControlChars, safeJson, style } from '../print.js';

interface CheckOptions {
  plan?: string;
  url?: string;
  site?: string;
  days: number;
  json?: boolean;
}

const MAX_DAYS = 90;

export function checkCommand(): Command {
  return new Command('check')
    .description('compare the code, the tracking plan and the events received, for CI')
    .argument('[paths...]', 'files or folders with sources', ['.'])
    .option('--plan <file>', 'file of the tracking plan (default: events.ts here, in src, app or lib)')
    .option(
      '-u, --url <url>',
      'collector whose events are compared as well, with a key in LIVEINSIGHT_READ_KEYS',
      parseUrl,
    )
    .option('-s, --site <id>', "site of these events (default: the collector's default site)")
    .option('--days <number>', 'days back that received events are compared', parseDays, 7)
    .option('--json', 'print the result as JSON')
    .addHelpText('after', '\nExits with 1 if there are differences.')
    .action(check);
}

async function check(paths: string[], options: CheckOptions): Promise<void> {
  const [{ loadPlan }, { readSources }, { compare }] = await Promise.all([
    import('../plan/load-plan.js'),
    import('../plan/read-sources.js'),
    import('../plan/compare.js'),
  ]);
  const loaded = await loadPlan(options.plan);
  const comparison = await compare(loaded, readSources(paths), await getTraffic(options));
  if (options.json) print(safeJson(comparison, 2));
  else show(comparison);
  if (comparison.differences.length > 0) process.exitCode = 1;
}

async function getTraffic({ url, site, days }: CheckOptions) {
  if (url === undefined) return undefined;
  const [{ readTraffic }, { readKeyFromEnvironment }] = await Promise.all([
    import('../plan/traffic.js'),
    import('@liveinsight/collector/config'),
  ]);
  return readTraffic({ url, site, days, key: readKeyFromEnvironment(process.env) });
}

function show({ differences, notes }: Comparison): void {
  for (const note of notes) printNote(replaceControlChars(note));
  for (const difference of differences) print(toLine(difference));
  const { length } = differences;
  print(`${length} difference${length === 1 ? '' : 's'}`);
}

function toLine({ source, event, property, message, file, line, count }: Difference): string {
  const where =
    file === undefined ? `${source} (${count})` : `${file}${line === undefined ? '' : `:${line}`}`;
  const what = property === undefined ? event : `${event}.${property}`;
  return `${style('bold', where)}  ${replaceControlChars(what)}: ${replaceControlChars(message)}`;
}

function parseDays(text: string): number {
  const days = Number(text);
  if (/^\d+$/.test(text) && days >= 1 && days <= MAX_DAYS) return days;
  throw new InvalidArgumentError(`Use a whole number from 1 to ${MAX_DAYS}.`);
}
