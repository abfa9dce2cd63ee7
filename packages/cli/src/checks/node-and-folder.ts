/** This machine: Node, and for the embedded database the folder, the secret and the port. */
import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { MIN_SECRET_CHARS } from '@liveinsight/collector/config';
import type { DataFolder } from '../database/data-folder.js';
import { listen } from '../dev/listen.js';
import { type Finding, ok, problem, warning } from './finding.js';

const OLDEST_NODE = [20, 19] as const;

export function checkNode(version = process.versions.node): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const enough = major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1]);
  if (!enough) {
    return problem(
      'node',
      `version ${version} is too old`,
      `Install Node ${OLDEST_NODE.join('.')} or newer.`,
    );
  }
  return major < 22
    ? warning('node', `version ${version} no longer receives security fixes`, 'Install Node 22 or newer.')
    : ok('node', `version ${version}`);
}

export function checkDataFolder(folder: DataFolder): Finding[] {
  if (!existsSync(folder.path))
    return [ok('data', `${folder.path} does not exist yet (liveinsight dev creates it)`)];
  try {
    accessSync(folder.path, constants.R_OK | constants.W_OK);
  } catch {
    return [
      problem(
        'data',
        `cannot write to ${folder.path}`,
        'Fix its permissions, or choose another folder with --data.',
      ),
    ];
  }
  return [ok('data', folder.path), checkSecret(join(folder.path, 'secret'))];
}

function checkSecret(file: string): Finding {
  if (!existsSync(file)) return ok('secret', 'does not exist yet (liveinsight dev creates it)');
  return readFileSync(file, 'utf8').trim().length >= MIN_SECRET_CHARS
    ? ok('secret', file)
    : problem(
        'secret',
        `${file} has fewer than ${MIN_SECRET_CHARS} characters`,
        'Restore the old secret, or delete the file. With a new secret, returning visitors count as new.',
      );
}

/** @param servedAt where a dev server of this folder runs already */
export async function checkPort(port: number, servedAt: string | undefined): Promise<Finding> {
  if (servedAt && new URL(servedAt).port === String(port))
    return ok('port', `${port} is used by the dev server`);
  const server = createServer();
  try {
    await listen(server, port, '127.0.0.1');
  } catch {
    return warning('port', `${port} is already in use`, `Choose another port: --port ${port + 1}`);
  }
  server.close();
  return ok('port', `${port} is free`);
}
