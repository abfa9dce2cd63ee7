/** An app that is made as its page of `docs/start` says, in an empty folder: installed, and built for production. */
import { inject } from 'vitest';
import { freePort } from '../way/installed-app.js';
import type { App } from './app.js';
import { emptyFolder } from './empty-folder.js';
import { readGuide } from './guide.js';
import { type Program, startProgram } from './program.js';

export interface BuiltApp {
  start(): Promise<Program>;
}

export async function build({ name, page, type, dependencies, ...app }: App): Promise<BuiltApp> {
  const guide = readGuide(page);
  const { files, commands } = guide;
  const port = `${await freePort()}`;
  const folder = await emptyFolder(name, {
    path: app.needsNewerNode ? [inject('newerNode')] : [],
    NODE_ENV: 'production',
    NEXT_TELEMETRY_DISABLED: '1',
    PORT: port,
  });
  const manifest = { name: 'shop', private: true, type, dependencies };
  await folder.write({ 'package.json': JSON.stringify(manifest), ...app.files(guide.tag) });
  await folder.install(guide.install);
  for (const [path, code] of Object.entries(files))
    await folder.write({ [path]: code.replaceAll('localhost:3000', `localhost:${port}`) });

  const [start = '', ...builds] = commands.toReversed();
  for (const command of builds.reverse()) {
    const { ok, output } = await folder.run(command);
    if (!ok) throw new Error(`${command} failed:\n${output.slice(-4000)}`);
  }
  return { start: () => startProgram(start, folder) };
}
