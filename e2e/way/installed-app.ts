/** Apps outside of the repository, whose own packages they must not find: installed from npm, with ours as they are published. */
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from '../../scripts/run.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const NODE_MAJOR = 24;

/** The folder of a Node that all the frameworks accept: this one, or npm's own package of it. */
export async function findNode(folder: string): Promise<string> {
  if (Number.parseInt(process.versions.node, 10) >= NODE_MAJOR) return dirname(process.execPath);
  const name = `node-${process.platform}-${process.arch}`;
  const home = join(folder, 'node');
  const bin = join(home, 'node_modules', name, 'bin');
  if (!existsSync(bin)) {
    await write(home, { 'package.json': '{ "private": true }' });
    await must('npm', ['install', '--no-audit', '--no-fund', `${name}@${NODE_MAJOR}`], home, process.env);
  }
  return bin;
}

/**
 * Packs packages as they are published.
 * @returns the file of each, by its package's name
 */
export async function pack(folder: string, workspaces: string[]): Promise<Record<string, string>> {
  const flags = workspaces.map((workspace) => `--workspace=packages/${workspace}`);
  const output = await must(
    'npm',
    ['pack', '--json', '--ignore-scripts', '--pack-destination', folder, ...flags],
    root,
    process.env,
  );
  const packed: { name: string; filename: string }[] = JSON.parse(output);
  return Object.fromEntries(packed.map(({ name, filename }) => [name, join(folder, filename)]));
}

export async function write(folder: string, files: Record<string, string>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
}

export async function must(
  command: string,
  args: string[],
  cwd: string,
  env: NodeJS.ProcessEnv,
): Promise<string> {
  const { ok, output } = await run(command, args, { cwd, env, quiet: true });
  if (!ok) throw new Error(`${command} ${args.join(' ')} failed:\n${output.slice(-4000)}`);
  return output;
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (!address || typeof address === 'string') throw new Error('no port is free');
  return address.port;
}
