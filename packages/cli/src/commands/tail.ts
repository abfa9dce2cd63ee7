/** `liveinsight tail`: what arrives in the database, event by event. */
import type { Store } from '@liveinsight/collector';
import { Command, InvalidArgumentError } from 'commander';
import { CliError } from '../cli-error.js';
import type { DatabaseOptions } from '../database/resolve-database.js';
import { awsOption, DEFAULT_SITE, dataOption } from '../options.js';
import { endWithReader, print, printNote, replaceControlChars } from '../print.js';

interface TailOptions extends DatabaseOptions {
  site?: string;
  /** ms before now. */
  since: number;
  json?: boolean;
}

export function tailCommand(): Command {
  return new Command('tail')
    .description('show events as they arrive in the database, decoded')
    .option('-s, --site <id>', 'site to follow (default: LIVEINSIGHT_DEFAULT_SITE, or the only one)')
    .option('--since <span>', 'begin that long ago, as 90s, 10m, 2h', parseSpan, 0)
    .option('--json', 'one JSON object per event and line')
    .addOption(dataOption())
    .addOption(awsOption())
    .action(tail);
}

async function tail(options: TailOptions): Promise<void> {
  const [{ resolveDatabase, openDatabase }, { resolveSite, shardCount }, { dynamoStore }, { follow }, lines] =
    await Promise.all([
      import('../database/resolve-database.js'),
      import('../database/resolve-site.js'),
      import('@liveinsight/collector/dynamodb'),
      import('../tail/follow.js'),
      import('../tail/format-lines.js'),
    ]);
  endWithReader();
  const choice = resolveDatabase(options);
  const site = resolveSite(choice, options.site);
  const database = await openDatabase(choice);
  if (choice.kind === 'embedded' && !database.servedAt) {
    await database.close();
    throw new CliError(
      `nothing can arrive in ${choice.folder.path}: no dev server runs on it`,
      'Start `liveinsight dev` in another terminal, or follow your AWS account with --aws.',
    );
  }
  const store = dynamoStore(database.options);
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
  try {
    await store.ping().catch((cause: Error) => {
      throw new CliError(cause.message, 'Run `liveinsight doctor` to see what is wrong.', { cause });
    });
    if (options.site !== undefined) await failUnlessSeen(store, site.id);
    printNote(`Following site ${site.id} in ${database.where}`);
    const batches = follow(store, {
      site: site.id,
      shards: shardCount(site),
      since: Date.now() - options.since,
      signal: stop.signal,
      onStoreError: (cause) => printNote(cause ? `Waiting: ${cause.message}` : 'Reading again.'),
    });
    const toLines = options.json ? lines.jsonLines : lines.humanLines;
    for await (const batch of batches) for (const line of toLines(batch)) print(line);
  } finally {
    await store.close();
    await database.close();
  }
}

const DAY_MS = 86_400_000;
/** Days in which a site is looked for that nothing here lists. */
const LOOKBACK_DAYS = 7;

/** A site that is misspelt would be waited for without end. */
async function failUnlessSeen(store: Pick<Store, 'activeSites'>, wanted: string): Promise<void> {
  const days = Array.from({ length: LOOKBACK_DAYS }, (_, ago) =>
    new Date(Date.now() - ago * DAY_MS).toISOString().slice(0, 10),
  );
  const seen = new Set((await Promise.all(days.map((day) => store.activeSites(day)))).flat());
  if (seen.has(wanted) || wanted === DEFAULT_SITE) return;
  throw new CliError(
    `nothing has arrived for a site ${JSON.stringify(wanted)} within ${LOOKBACK_DAYS} days`,
    seen.size > 0
      ? `Sites that send: ${[...seen].map(replaceControlChars).join(', ')}. Check --site, or send the first event.`
      : 'Check --site, or send the first event.',
  );
}

const UNITS: Record<string, number> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

function parseSpan(text: string): number {
  const [, number, unit = ''] = /^(\d+)([smhd])$/.exec(text) ?? [];
  const ms = Number(number) * (UNITS[unit] ?? Number.NaN);
  if (Number.isFinite(ms)) return ms;
  throw new InvalidArgumentError('Give a number and a unit: 90s, 10m, 2h, 1d.');
}
