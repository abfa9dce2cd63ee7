/** Lambda on this machine: the Runtime API over HTTP, and environments started, frozen between calls, ended at the deadline. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';

export interface LambdaOptions {
  /** As `collector.handler`. */
  handler: string;
  /** Where its code lies. Default: the built bundles. */
  folder?: string;
  /** What the function finds in its environment, and nothing else of ours. */
  env: Record<string, string>;
  timeoutMs: number;
  /** How far its clock is ahead of this machine's. */
  aheadMs?: number;
}

export interface Lambda {
  /** Rejects with what the handler threw, or where it was ended at its deadline. */
  invoke<Result>(event: unknown): Promise<Result>;
  /** Environments started so far: the cold starts. */
  starts(): number;
  /** Lines that the function has logged since the last call. */
  log(): string[];
  close(): Promise<void>;
}

interface Call {
  id: string;
  event: string;
  resolve(result: never): void;
  reject(error: Error): void;
  timer?: NodeJS.Timeout;
}

const bundles = fileURLToPath(new URL('../../dist/functions', import.meta.url));
const bootstrap = fileURLToPath(new URL('bootstrap.mjs', import.meta.url));

const clockAhead = (ms: number) => `data:text/javascript,const%20now=Date.now;Date.now=()=>now()+${ms}`;

export async function startLambda({
  handler,
  folder = bundles,
  env,
  timeoutMs,
  aheadMs = 0,
}: LambdaOptions): Promise<Lambda> {
  const server = createServer((request, response) => void hear(request, response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  let environment: ChildProcess | undefined;
  /** The environment's open question for work. */
  let question: ServerResponse | undefined;
  let call: Call | undefined;
  let starts = 0;
  let ids = 0;
  let logged = '';

  async function hear(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = Buffer.concat(await request.toArray()).toString();
    const path = request.url?.replace('/2018-06-01/runtime', '') ?? '';
    if (path === '/invocation/next') {
      question = response;
      if (call) hand(call);
      else environment?.kill('SIGSTOP');
      return;
    }
    response.writeHead(202).end();
    const said = body === '' ? undefined : JSON.parse(body);
    if (path.endsWith('/response')) settle((settled) => settled.resolve(said as never));
    else settle((settled) => settled.reject(new Error(`${said.errorType}: ${said.errorMessage}`)));
  }

  function settle(how: (settled: Call) => void): void {
    const settled = call;
    call = undefined;
    clearTimeout(settled?.timer);
    if (settled) how(settled);
  }

  /** The time that the environment took to start is not the call's. */
  function hand(handed: Call): void {
    environment?.kill('SIGCONT');
    question?.writeHead(200, {
      'content-type': 'application/json',
      'lambda-runtime-aws-request-id': handed.id,
      'lambda-runtime-deadline-ms': String(Date.now() + aheadMs + timeoutMs),
    });
    question?.end(handed.event);
    question = undefined;
    handed.timer = setTimeout(() => {
      void end();
      settle(({ reject }) => reject(new Error(`Task timed out after ${timeoutMs} ms`)));
    }, timeoutMs);
  }

  function startEnvironment(): void {
    starts += 1;
    const child = spawn(process.execPath, [bootstrap], {
      env: {
        PATH: process.env.PATH,
        AWS_LAMBDA_RUNTIME_API: `127.0.0.1:${port}`,
        LAMBDA_TASK_ROOT: folder,
        _HANDLER: handler,
        AWS_LAMBDA_FUNCTION_NAME: handler,
        AWS_REGION: 'us-east-1',
        AWS_ACCESS_KEY_ID: 'local',
        AWS_SECRET_ACCESS_KEY: 'local',
        ...(aheadMs > 0 ? { NODE_OPTIONS: `--import ${clockAhead(aheadMs)}` } : {}),
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    environment = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        logged += chunk;
      });
    }
    child.once('exit', (status, signal) => {
      if (environment !== child) return;
      environment = undefined;
      settle(({ reject }) => reject(new Error(`Runtime exited: ${signal ?? status} ${logged}`)));
    });
  }

  async function end(): Promise<void> {
    const child = environment;
    environment = undefined;
    question?.destroy();
    question = undefined;
    if (!child) return;
    const exit = once(child, 'exit');
    child.kill('SIGKILL');
    await exit;
  }

  return {
    invoke<Result>(event: unknown): Promise<Result> {
      if (call) throw new Error('an environment has one call at a time');
      return new Promise<Result>((resolve, reject) => {
        ids += 1;
        call = { id: `request-${ids}`, event: JSON.stringify(event), resolve, reject };
        if (!environment) startEnvironment();
        if (question) hand(call);
      });
    },
    starts: () => starts,
    log() {
      const lines = logged.split('\n').filter(Boolean);
      logged = '';
      return lines;
    },
    async close() {
      await end();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
