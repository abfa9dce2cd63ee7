// Checks the workflows with actionlint (are they right?) and zizmor (are they safe?), both at a pinned version.
import { describeMissing, findPinned, pythonTool } from './pinned-tool.mjs';
import { run } from './run.mjs';

/** @type {(import('./pinned-tool.mjs').PinnedTool & { args: string[] })[]} */
const tools = [
  {
    name: 'actionlint',
    version: '1.7.12',
    versionArgs: ['-version'],
    args: [],
    needs: 'Go',
    file: process.platform === 'win32' ? 'actionlint.exe' : 'actionlint',
    install(folder) {
      const module = 'github.com/rhysd/actionlint/cmd/actionlint@v1.7.12';
      const env = { ...process.env, GOBIN: folder };
      return run('go', ['install', module], { env, quiet: true, timeoutMs: 300_000 });
    },
  },
  {
    ...pythonTool('zizmor', '1.32.0', ['--no-deps']),
    // What it would ask GitHub for is the release behind a commit, which needs a token.
    args: ['--offline', '--no-progress', '.github'],
  },
];

/** @returns {Promise<{ passed: number, failed: number, notes: string[] }>} what could not run is noted, and on CI failed */
export async function checkWorkflows() {
  const outcome = { passed: 0, failed: 0, notes: /** @type {string[]} */ ([]) };
  for (const tool of tools) {
    const path = await findPinned(tool);
    if (path === undefined) {
      outcome.notes.push(describeMissing(tool));
      if (process.env.CI === 'true') outcome.failed += 1;
      continue;
    }
    const { ok } = await run(path, tool.args);
    outcome[ok ? 'passed' : 'failed'] += 1;
  }
  for (const note of outcome.notes) console.log(note);
  return outcome;
}
