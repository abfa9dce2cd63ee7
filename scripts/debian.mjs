// Installs packages of Debian and its like where that needs no one's password.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './run.mjs';
import { here } from './tool-places.mjs';

/** @typedef {import('./tool-places.mjs').Place} Place */

/**
 * @param {Place} [place]
 * @returns {'debian' | 'ubuntu' | undefined} the distribution, where apt-get is its installer
 */
export function debianLike({ platform, root } = here) {
  const file = join(root, 'etc/os-release');
  if (platform !== 'linux' || !existsSync(file)) return undefined;
  const release = readFileSync(file, 'utf8');
  const ids = [...release.matchAll(/^(?:ID|ID_LIKE)="?([^"\n]*)/gm)].flatMap(([, id]) =>
    (id ?? '').split(' '),
  );
  return ids.includes('ubuntu') ? 'ubuntu' : ids.includes('debian') ? 'debian' : undefined;
}

/**
 * How to become root without a password: not at all, by sudo, or `undefined` where neither works.
 * @param {Place} [place]
 * @returns {Promise<string[] | undefined>} what to put before a command
 */
export async function asRoot({ env } = here) {
  const id = await run('id', ['-u'], { env, quiet: true, timeoutMs: 10_000 });
  if (id.ok && id.output.trim() === '0') return [];
  const sudo = await run('sudo', ['-n', 'true'], { env, quiet: true, timeoutMs: 10_000 });
  return sudo.ok ? ['sudo', '-n'] : undefined;
}

/**
 * @param {string[]} packages
 * @param {Place} [place]
 * @returns {Promise<string | undefined>} why it could not be done, `undefined` when it was
 */
export async function installPackages(packages, place = here) {
  const prefix = await asRoot(place);
  if (!prefix) return `installing ${packages.join(' ')} needs root or a sudo that asks for no password`;
  /** @param {string[]} args */
  const aptGet = (args) => {
    const [command = 'apt-get', ...rest] = [
      ...prefix,
      'env',
      'DEBIAN_FRONTEND=noninteractive',
      'apt-get',
      ...args,
    ];
    return run(command, rest, { env: place.env, quiet: true, timeoutMs: 300_000 });
  };
  // A list that cannot be refreshed may still do.
  await aptGet(['update', '-q']);
  const { ok, output } = await aptGet(['install', '-q', '-y', '--no-install-recommends', ...packages]);
  return ok ? undefined : `apt-get could not install ${packages.join(' ')}: ${lastLine(output)}`;
}

/** @param {string} output */
function lastLine(output) {
  return output.trim().split('\n').at(-1) ?? '';
}
