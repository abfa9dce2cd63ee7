// Tools of Go and Python at a pinned version: what is on the PATH, else installed into the user's cache.
import { homedir } from 'node:os';
import { join } from 'node:path';
import { run } from './run.mjs';

const cache = join(homedir(), '.cache/liveinsight');
const onWindows = process.platform === 'win32';

/**
 * @typedef {object} PinnedTool
 * @property {string} name
 * @property {string} version
 * @property {string[]} versionArgs
 * @property {string} needs what installs it
 * @property {string} file its path in the folder that it is installed into
 * @property {(folder: string) => Promise<unknown>} install
 */

/**
 * A program of PyPI in an environment of its own.
 * @param {string} name
 * @param {string} version
 * @param {string[]} [pipOptions]
 * @param {string[]} [beside] what else is installed there
 * @returns {PinnedTool}
 */
export const pythonTool = (name, version, pipOptions = [], beside = []) => ({
  name,
  version,
  versionArgs: ['--version'],
  needs: 'Python 3 with venv',
  file: onWindows ? `Scripts/${name}.exe` : `bin/${name}`,
  async install(folder) {
    await run(onWindows ? 'python' : 'python3', ['-m', 'venv', folder], { quiet: true });
    const options = ['--quiet', '--no-compile', '--only-binary', ':all:', ...pipOptions];
    const args = ['install', ...options, `${name}==${version}`, ...beside];
    const pip = join(folder, onWindows ? 'Scripts/pip.exe' : 'bin/pip');
    return run(pip, args, { quiet: true, timeoutMs: 300_000 });
  },
});

/**
 * A module of PyPI that takes long to start: its version is asked of Python, whose path this has.
 * @param {string} name
 * @param {string} version
 * @returns {PinnedTool}
 */
export const pythonModule = (name, version) => ({
  ...pythonTool(name, version),
  // What is on the PATH has no Python beside it.
  name: `liveinsight-${name}`,
  file: onWindows ? 'Scripts/python.exe' : 'bin/python',
  versionArgs: ['-c', `from importlib.metadata import version; print(version('${name}'))`],
});

/**
 * @param {PinnedTool} tool
 * @returns {Promise<string | undefined>} its path; undefined where it cannot be installed
 */
export async function findPinned(tool) {
  if (await isVersion(tool, tool.name)) return tool.name;
  const path = join(cache, `${tool.name}-${tool.version}`, tool.file);
  if (await isVersion(tool, path)) return path;
  await tool.install(join(cache, `${tool.name}-${tool.version}`));
  return (await isVersion(tool, path)) ? path : undefined;
}

/** @param {PinnedTool} tool */
export const describeMissing = ({ name, version, needs }) =>
  `not run: ${name} ${version}, which needs ${needs} and the network`;

/**
 * @param {PinnedTool} tool
 * @param {string} path
 */
async function isVersion({ version, versionArgs }, path) {
  const { ok, output } = await run(path, versionArgs, { quiet: true, timeoutMs: 60_000 });
  return ok && new RegExp(`(^|[\\sv/])${version.replaceAll('.', '\\.')}(\\s|$)`).test(output);
}
