/** `liveinsight dev`: everything on this machine, until it is stopped. */
import { Command, Option } from 'commander';
import type { DevOptions } from '../dev/dev-server.js';
import { DEFAULT_DATA, dataOption, portOption } from '../options.js';
import { print, replaceControlChars, style } from '../print.js';

export function devCommand(): Command {
  return new Command('dev')
    .description('start collector, dashboard and demo shop on an embedded database')
    .addOption(portOption())
    .addOption(
      new Option('--host <address>', 'address to listen on; 0.0.0.0 opens it to the network')
        .env('HOST')
        .default('127.0.0.1'),
    )
    .addOption(dataOption())
    .option('--exclude-bots', 'keep bots out of the numbers, as a deployed collector does')
    .action(dev);
}

async function dev(options: DevOptions): Promise<void> {
  const { startDev } = await import('../dev/dev-server.js');
  const stopped = untilStopped();
  const server = await startDev({
    ...options,
    data: options.data ?? DEFAULT_DATA,
    onSite: (site, url) => print(`  ${style('green', 'events')}     of site ${site}: ${style('cyan', url)}`),
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
  print(`\n  The dashboard’s address contains the key that the API asks for (Authorization: Bearer <key>).`);
  print(`\n  Put this on a page of your own, with any name for the site, to see it here:`);
  print(`  <script async src="${server.url}/liveinsight.js" data-site="shop"></script>\n`);
  print(style('dim', '  Ctrl+C stops it; what was collected stays.'));

  await stopped;
  print('\n  Storing what is under way …');
  await server.close();
  print('  Stopped.');
}

/** Resolves at the first signal; the second ends the process at once, as whoever sends it wants. */
function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    let asked = false;
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.on(signal, () => {
        if (asked) process.exit(signal === 'SIGINT' ? 130 : 143);
        asked = true;
        resolve();
      });
    }
  });
}
