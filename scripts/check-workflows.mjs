// Checks the workflows with actionlint (are they right?) and zizmor (are they safe?), both at a pinned version: what is
// on the PATH, else installed by Go or Python into the user's cache.
import { homedir } from 'node:os';
import { join } from 'node:path';
import { run } from './run.mjs';

const cache = join(homedir(), '.cache/liveinsight');
const onWindows = process.platform === 'win32';

/**
 * @typedef {object} WorkflowTool
 * @property {string} name
 * @property {string} version
 * @property {string} versionFlag
 * @property {string[]} args
 * @property {string} needs what installs it
 * @property {string} file its path in the folder that it is installed into
 * @property {(folder: string) => Promise<unknown>} install
 */

/** @type {WorkflowTool[]} */
const tools = [
  {
    name: 'actionlint',
    version: '1.7.12',
    versionFlag: '-version',
    args: [],
    needs: 'Go',
    file: onWindows ? 'actionlint.exe' : 'actionlint',
    install(folder) {
      const module = 'github.com/rhysd/actionlint/cmd/actionlint@v1.7.12';
      const env = { ...process.env, GOBIN: folder };
      return run('go', ['install', module], { env, quiet: true, timeoutMs: 300_000 });
    },
  },
  {
    name: 'zizmor',
    version: '1.32.0',
    versionFlag: '--version',
    // What it would ask GitHub for is the release behind a commit, which needs a token.
    args: ['--offline', '--no-progress', '.github'],
    needs: 'Python 3 with venv',
    file: onWindows ? 'Scripts/zizmor.exe' : 'bin/zizmor',
    async install(folder) {
      await run(onWindows ? 'python' : 'python3', ['-m', 'venv', folder], { quiet: true });
      const args = ['install', '--quiet', '--only-binary', ':all:', '--no-deps', 'zizmor==1.32.0'];
      const pip = join(folder, onWindows ? 'Scripts/pip.exe' : 'bin/pip');
      return run(pip, args, { quiet: true, timeoutMs: 300_000 });
    },
  },
];

/** @returns {Promise<{ passed: number, failed: number, notes: string[] }>} what could not run is noted, and on CI failed */
export async function checkWorkflows() {
  const outcome = { passed: 0, failed: 0, notes: /** @type {string[]} */ ([]) };
  for (const tool of tools) {
    const path = await find(tool);
    if (path === undefined) {
      outcome.notes.push(`not run: ${tool.name} ${tool.version}, which needs ${tool.needs} and the network`);
      if (process.env.CI === 'true') outcome.failed += 1;
      continue;
    }
    const { ok } = await run(path, tool.args);
    outcome[ok ? 'passed' : 'failed'] += 1;
  }
  for (const note of outcome.notes) console.log(note);
  return outcome;
}

/** @param {WorkflowTool} tool */
async function find(tool) {
  if (await isVersion(tool, tool.name)) return tool.name;
  const path = join(cache, `${tool.name}-${tool.version}`, tool.file);
  if (await isVersion(tool, path)) return path;
  await tool.install(join(cache, `${tool.name}-${tool.version}`));
  return (await isVersion(tool, path)) ? path : undefined;
}

/**
 * @param {WorkflowTool} tool
 * @param {string} path
 */
async function isVersion({ version, versionFlag }, path) {
  const { ok, output } = await run(path, [versionFlag], { quiet: true, timeoutMs: 20_000 });
  return ok && new RegExp(`(^|[\\sv])${version.replaceAll('.', '\\.')}(\\s|$)`).test(output);
}
