/** `liveinsight tail`: shows events as they are stored. */
import type { Store } from '@liveinsight/collector';
import { shardCount } from '@liveinsight/collector/config';
import { Command, InvalidArgumentError, Option } from 'commander';
import { CliError } from '../cli-error.js';
import type { DatabaseOptions } from '../database/resolve-database.js';
import { awsOption, DEFAULT_SITE, dataOption } from '../options.js';
import { endWithReader, print, printNote, replaceControlChars } from '../print.js';
import { DAY_MS, recentUtcDays } from '../time.js';

interface TailOptions extends DatabaseOptions {
  site?: string;
  /** ms before now. */
  since: number;
  json?: boolean;
}

export function tailCommand(): Command {
  return new Command('tail')
    .description('show events as they are stored')
    .option(
      '-s, --site <id>',
      'site to follow (default: LIVEINSIGHT_DEFAULT_SITE, or the only configured site)',
    )
    .addOption(
      new Option('--since <duration>', 'start this long ago, for example 90s, 10m or 2h')
        .argParser(parseSpan)
        .default(0, 'now'),
    )
    .option('--json', 'print one JSON object per event and line')
    .addOption(dataOption())
    .addOption(awsOption())
    .action(tail);
}

async function tail(options: TailOptions): Promise<void> {
  const [{ resolveDatabase, openDatabase }, { resolveSite }, { follow }, lines] = await Promise.all([
    import('../database/resolve-database.js'),
    import('../database/resolve-site.js'),
    import('../tail/follow.js'),
    import('../tail/format-lines.js'),
  ]);
  endWithReader();
  const choice = resolveDatabase(options);
  const site = resolveSite(choice, options.site);
  const { store, servedAt, where } = await openDatabase(choice);
  if (choice.kind === 'embedded' && !servedAt) {
    await store.close();
    throw new CliError(
      `no dev server is running on ${choice.folder.path}, so no events can arrive`,
      'Start `liveinsight dev` in another terminal, or follow the database of your AWS account with --aws.',
    );
  }
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
  try {
    await store.ping().catch((cause: Error) => {
      throw new CliError(cause.message, 'Run `liveinsight doctor` to find the problem.', { cause });
    });
    if (options.site !== undefined) await failUnlessSeen(store, site.id);
    printNote(`Following site ${site.id} in ${where}`);
    const batches = follow(store, {
      site: site.id,
      shards: shardCount(site),
      since: Date.now() - options.since,
      signal: stop.signal,
      onStoreError: (cause) =>
        printNote(cause ? `Cannot read the database, retrying: ${cause.message}` : 'Connected again.'),
    });
    const toLines = options.json ? lines.jsonLines : lines.humanLines;
    for await (const batch of batches) for (const line of toLines(batch)) print(line);
  } finally {
    await store.close();
  }
}

/** How far back events of an unlisted site are searched for. */
const LOOKBACK_DAYS = 7;

/** Without this check, a misspelt site id would wait forever. */
async function failUnlessSeen(store: Pick<Store, 'activeSites'>, wanted: string): Promise<void> {
  const days = recentUtcDays(LOOKBACK_DAYS);
  const seen = new Set((await Promise.all(days.map((day) => store.activeSites(day)))).flat());
  if (seen.has(wanted) || wanted === DEFAULT_SITE) return;
  throw new CliError(
    `site ${JSON.stringify(wanted)} has received no events in the last ${LOOKBACK_DAYS} days`,
    seen.size > 0
      ? `Sites with events: ${[...seen].map(replaceControlChars).join(', ')}. Check --site, or send the first event.`
      : 'Check --site, or send the first event.',
  );
}

const UNITS: Record<string, number> = { s: 1_000, m: 60_000, h: 3_600_000, d: DAY_MS };

function parseSpan(text: string): number {
  const [, number, unit = ''] = /^(\d+)([smhd])$/.exec(text) ?? [];
  const ms = Number(number) * (UNITS[unit] ?? Number.NaN);
  if (Number.isFinite(ms)) return ms;
  throw new InvalidArgumentError('Use a number and a unit, for example 90s, 10m, 2h or 1d.');
}
