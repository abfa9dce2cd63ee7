/** `liveinsight dev` as a user starts it: a process of its own, on a data folder. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const packageFolder = dirname(createRequire(import.meta.url).resolve('liveinsight/package.json'));
const program = join(packageFolder, 'bin/liveinsight.js');
const START_WITHIN_MS = 30_000;

export interface DevProcess {
  url: string;
  /** The address that it prints to open the dashboard by, key and all. */
  dashboardUrl: string;
  /** Everything it has printed. */
  output(): string;
  /** What opens the API. */
  key: string;
  /** Sends the signal and resolves with the exit code; null where the signal itself ended it. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

/** Rejects with what it printed where it ends instead of starting. */
export async function startDevProcess(folder: string, port = 0): Promise<DevProcess> {
  const child = spawnProgram(['dev', '--port', String(port), '--data', folder], dirname(folder));
  let output = '';
  const dashboardUrl = await new Promise<string>((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`not started in time:\n${output}`));
    }, START_WITHIN_MS);
    const hear = (chunk: Buffer) => {
      output += chunk;
      const found = /Dashboard\s+(http:\/\/localhost:\d+\/dashboard#key=\S+)/.exec(output);
      if (!found?.[1] || !output.includes('Ctrl+C')) return;
      clearTimeout(timer);
      resolve(found[1]);
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    child.once('exit', () => {
      clearTimeout(timer);
      reject(new Error(`ended instead of starting:\n${output}`));
    });
  });
  return {
    url: new URL(dashboardUrl).origin,
    dashboardUrl,
    output: () => output,
    key: decodeURIComponent(new URL(dashboardUrl).hash.slice('#key='.length)),
    async stop(signal = 'SIGTERM') {
      if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
      const ended = once(child, 'exit');
      child.kill(signal);
      await ended;
      return child.exitCode;
    },
  };
}

/** Without what this machine's environment says of AWS, ports and colours. */
function spawnProgram(args: string[], cwd: string): ChildProcess {
  const env = Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^(AWS_|LIVEINSIGHT_|EVENTS_TABLE|ROLLUPS_TABLE|PORT$|HOST$|FORCE_COLOR)/.test(name),
    ),
  );
  return spawn(process.execPath, [program, ...args], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
}
