/** A registry of npm's on this machine: ours are published to it, all others come from the registry that is set here. */
import { writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { startProgram } from '../first-use/program.js';
import { findNode, freePort, must, write } from '../way/installed-app.js';

const VERSION = '6.10.4';
/** Two of its parts ask for a version by a tag that not every registry has. */
const OVERRIDES = { 'node-fetch': '2.7.0' };

export interface Registry {
  url: string;
  /** What npm is to be run with, to use this registry. */
  env: NodeJS.ProcessEnv;
  close(): Promise<boolean>;
}

export async function startRegistry(folder: string): Promise<Registry> {
  const { npm_config_registry: _, ...own } = withoutNpm(process.env);
  const upstream = (await must('npm', ['config', 'get', 'registry'], folder, own)).trim();
  const manifest = { private: true, dependencies: { verdaccio: VERSION }, overrides: OVERRIDES };
  await write(folder, { 'package.json': JSON.stringify(manifest), 'config.yaml': config(upstream) });
  await must('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund'], folder, own);
  const port = await freePort();
  const program = `node ${join(folder, 'node_modules/verdaccio/bin/verdaccio')} --config config.yaml --listen localhost:${port}`;
  const newer = [await findNode(folder), process.env.PATH].join(delimiter);
  const server = await startProgram(program, {
    path: folder,
    env: { ...own, PATH: newer, PORT: `${port}` },
  });
  const settings = join(folder, 'npmrc');
  // Anybody may publish, but npm does not try without a token.
  await writeFile(settings, `registry=${server.url}/\n//localhost:${port}/:_authToken=rehearsal\n`);
  const env = { ...own, npm_config_userconfig: settings, npm_config_registry: `${server.url}/` };
  return { url: server.url, env, close: () => server.ends() };
}

/** Without what `npm run` tells its scripts. */
const withoutNpm = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(
    Object.entries(env).filter(([name]) => !/^(npm_|VITEST|NODE_ENV$|LIVEINSIGHT_|AWS_|CI$)/i.test(name)),
  );

const config = (upstream: string) => `
storage: ./storage
uplinks:
  upstream: { url: ${JSON.stringify(upstream)} }
packages:
  '@liveinsight/*': { access: $all, publish: $all }
  liveinsight: { access: $all, publish: $all }
  '**': { access: $all, proxy: upstream }
max_body_size: 50mb
log: { type: stdout, format: json, level: error }
`;
