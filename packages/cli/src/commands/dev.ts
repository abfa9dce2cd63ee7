/** `liveinsight dev`: runs everything on this machine until you stop it. */
import { Command, Option } from 'commander';
import type { DevOptions } from '../dev/dev-server.js';
import { DEFAULT_DATA, dataOption, portOption } from '../options.js';
import { print, replaceControlChars, style } from '../print.js';

export function devCommand(): Command {
  return new Command('dev')
    .description('start the collector, dashboard and demo shop with an embedded database')
    .addOption(portOption('port to listen on (0: any free port)'))
    .addOption(
      new Option('--host <address>', 'address to listen on (0.0.0.0: all network interfaces)')
        .env('HOST')
        .default('127.0.0.1'),
    )
    .addOption(dataOption())
    .option(
      '--dynamodb [endpoint]',
      'store events in DynamoDB at this URL, or in the AWS account of the environment',
    )
    .option('--exclude-bots', 'exclude bots from the stats, like a deployed collector')
    .action(dev);
}

async function dev(options: DevOptions): Promise<void> {
  const { startDev } = await import('../dev/dev-server.js');
  const stopped = untilStopped();
  const server = await startDev({
    ...options,
    data: options.data ?? DEFAULT_DATA,
    onSite: (site, url) => print(`  ${style('green', 'events')}     of site ${site}: ${style('cyan', url)}`),
    onExcluded: ({ site, events, by, value }) =>
      print(
        `  ${style('yellow', 'excluded')}   ${events} ${events === 1 ? 'event' : 'events'} of site ${site}, by its rule for ${by} ${replaceControlChars(value)}`,
      ),
    onRejected: (reason) => print(`  ${style('yellow', 'rejected')}   ${replaceControlChars(reason)}`),
  });
  const line = (name: string, url: string) => print(`  ${name.padEnd(10)} ${style('cyan', url)}`);
  print(`\n  ${style('bold', 'LiveInsight')} is running.\n`);
  line('Shop', `${server.url}/`);
  line('Dashboard', server.dashboardUrl);
  line('API', `${server.url}/api`);
  line('Tracker', `${server.url}/liveinsight.js`);
  line('Health', `${server.url}/health`);
  print(`  ${'Data'.padEnd(10)} ${server.data}`);
  print(`\n  The dashboard URL contains the API key (send it as Authorization: Bearer <key>).`);
  print(`\n  To track your own page, add this tag. Choose any site id:`);
  print(`  <script async src="${server.url}/liveinsight.js" data-site="shop"></script>\n`);
  print(style('dim', '  Press Ctrl+C to stop. Collected data remains.'));

  await stopped;
  print('\n  Finishing pending requests …');
  await server.close();
  print('  Stopped.');
}

/** Resolves at the first signal; the second signal ends the process at once. */
function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    let stopping = false;
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.on(signal, () => {
        if (stopping) process.exit(signal === 'SIGINT' ? 130 : 143);
        stopping = true;
        resolve();
      });
    }
  });
}
