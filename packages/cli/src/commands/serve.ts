/** `liveinsight serve`: runs in production on one machine until it is stopped. */
import { Command, InvalidArgumentError, Option } from 'commander';
import { DEFAULT_DATA, dataOption, portOption } from '../options.js';

/** How long what is under way may take after the signal to stop. A service manager kills it after 90 s or less. */
const STOP_WITHIN_MS = 15_000;

interface ServeCommandOptions {
  port: number;
  host: string;
  data?: string;
  trustedProxies: number;
}

export function serveCommand(): Command {
  return new Command('serve')
    .description('run collector, dashboard and database in production on this machine')
    .addOption(portOption('port to listen on'))
    .addOption(new Option('--host <address>', 'address to listen on').env('HOST').default('127.0.0.1'))
    .addOption(dataOption())
    .addOption(
      new Option('--trusted-proxies <number>', 'proxies in front whose X-Forwarded-For entries are trusted')
        .env('TRUSTED_PROXIES')
        .default(0)
        .argParser(parseCount),
    )
    .addHelpText(
      'after',
      '\nSites and keys: LIVEINSIGHT_SITES, LIVEINSIGHT_READ_KEYS and LIVEINSIGHT_ADMIN_KEYS, as for the collector. TLS is left to a proxy in front.\nWrites its log as JSON lines to standard output. /health, /ready and /metrics (with a key) say how it is.',
    )
    .action(serve);
}

async function serve({ data = DEFAULT_DATA, ...options }: ServeCommandOptions): Promise<void> {
  const [{ startServer }, { createLog, errorText }] = await Promise.all([
    import('../serve/serve.js'),
    import('../serve/log.js'),
  ]);
  const log = createLog();
  // What libraries write is a line like any other.
  console.error = (...parts) => log('error', 'message', { message: parts.map(errorText).join(' ') });
  console.warn = console.log = (...parts) =>
    log('info', 'message', { message: parts.map(errorText).join(' ') });
  const stopped = new Promise<NodeJS.Signals>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, resolve);
  });
  const server = await startServer({ ...options, data, env: process.env, log });
  log('info', 'started', { url: server.url, data, pid: process.pid });
  const signal = await stopped;
  log('info', 'stopping', { signal });
  setTimeout(() => {
    log('error', 'stopped_late', { after_ms: STOP_WITHIN_MS });
    process.exit(1);
  }, STOP_WITHIN_MS).unref();
  await server.close();
  log('info', 'stopped');
}

function parseCount(text: string): number {
  if (/^\d$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Use a whole number from 0 to 9.');
}
