import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run } from '../scripts/run.mjs';
import { readTestReport } from '../scripts/test-report.mjs';
import { root } from './tracked-files.js';

describe('the report of a test run', () => {
  let folder: string;
  let report: ReturnType<typeof readTestReport>;

  beforeAll(async () => {
    folder = mkdtempSync(join(root, 'node_modules/.cache-of-a-test-run-'));
    const file = (name: string, text: string) =>
      writeFileSync(join(folder, `${name}.test.mjs`), `import { expect, it } from 'vitest';\n${text}`);
    file('mixed', "it('a', () => {}); it('b', () => {}); it('c', () => expect(1).toBe(2));");
    file('left-out', "it('a', () => {}); it.skipIf(true)('b', () => {}); it.todo('c');");
    file('broken', "import './missing.mjs'; it('a', () => {});");
    writeFileSync(join(folder, 'vitest.config.mjs'), 'export default { test: { include: ["*.test.mjs"] } };');
    const json = join(folder, 'report.json');
    const vitest = join(root, 'node_modules/vitest/vitest.mjs');
    const args = [vitest, 'run', '--root', folder, '--reporter=json', `--outputFile=${json}`];
    const { ok } = await run(process.execPath, args, { quiet: true, timeoutMs: 60_000 });
    report = readTestReport(json, ok);
  }, 60_000);

  afterAll(() => rmSync(folder, { recursive: true }));

  it('counts what passed', () => expect(report.passed).toBe(3));

  it('counts what failed, and a file that could not even start', () => expect(report.failed).toBe(2));

  it('names the files with tests that did not run', () => {
    const file = relative(process.cwd(), join(folder, 'left-out.test.mjs'));
    expect(report.notRun).toEqual([{ file, tests: 2 }]);
  });

  it('takes a run without a report for a failure', () => {
    expect(readTestReport(join(folder, 'none.json'), true)).toMatchObject({ passed: 0, failed: 1 });
  });
});

describe('a command', () => {
  it('that takes too long is killed with its children', async () => {
    const child = `require('child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit' });`;
    const { ok, timedOut } = await run(process.execPath, ['-e', child], { quiet: true, timeoutMs: 1_000 });
    // The pipe closes, and `run` returns, only when the last process that holds it has ended.
    expect({ ok, timedOut }).toEqual({ ok: false, timedOut: true });
  });

  it('that is not there fails with a reason', async () => {
    const { ok, output } = await run('no-such-command-of-liveinsight', [], { quiet: true });
    expect(ok).toBe(false);
    expect(output).toMatch(/ENOENT/);
  });
});
