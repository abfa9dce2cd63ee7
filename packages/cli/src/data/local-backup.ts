/** Backups of a data folder: its database, secret and key, in a folder of the same form. */
import { cpSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { backUpDatabase, checkDatabase } from '@liveinsight/collector/sqlite';
import { CliError } from '../cli-error.js';
import { dataFolder } from '../database/data-folder.js';
import { print } from '../print.js';

/** Besides the database. */
const FILES = ['secret', 'key'];

/** The folder may be in use. */
export function backUpFolder(data: string, target: string): void {
  const folder = dataFolder(data);
  const to = resolve(target);
  failUnlessEmpty(to);
  explained(() => backUpDatabase(folder.database, dataFolder(to).database));
  copyFiles(folder.path, to);
  print(`Backed up ${folder.path} to ${to}. The copy has the secret of your data: keep it private.`);
}

export function restoreFolder(data: string, backup: string): void {
  const [from, folder] = [dataFolder(backup), dataFolder(data)];
  failUnlessEmpty(folder.path);
  explained(() => checkDatabase(from.database));
  folder.make();
  // A copy of a copy: what is written to it later leaves the backup as it is.
  explained(() => backUpDatabase(from.database, folder.database));
  copyFiles(from.path, folder.path);
  print(`Restored ${from.path} to ${folder.path}. Start it with: liveinsight serve --data ${data}`);
}

function copyFiles(from: string, to: string): void {
  mkdirSync(to, { recursive: true, mode: 0o700 });
  for (const name of FILES)
    if (existsSync(join(from, name)))
      cpSync(join(from, name), join(to, name), { errorOnExist: true, force: false });
}

function failUnlessEmpty(path: string): void {
  if (!existsSync(path) || readdirSync(path).length === 0) return;
  throw new CliError(`${path} is not empty`, 'Choose a folder that does not exist yet.');
}

function explained(work: () => void): void {
  try {
    work();
  } catch (cause) {
    throw new CliError(
      cause instanceof Error ? cause.message : String(cause),
      'Check the folders and the space on the disk.',
      {
        cause,
      },
    );
  }
}
