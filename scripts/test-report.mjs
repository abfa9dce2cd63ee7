// Reads vitest's JSON report: how many tests passed and failed, and which did not run.
import { existsSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';

/**
 * @typedef {object} TestReport
 * @property {number} passed
 * @property {number} failed a file that fails before its first test, or a run without a report, is one failure
 * @property {{ file: string, tests: number }[]} notRun files with tests that were left out
 */

/**
 * @param {string} file
 * @param {boolean} ok whether vitest itself ended well: an error outside of any test is seen nowhere else
 * @returns {TestReport}
 */
export function readTestReport(file, ok) {
  if (!existsSync(file)) return { passed: 0, failed: 1, notRun: [] };
  const { testResults } = JSON.parse(readFileSync(file, 'utf8'));
  /** @type {TestReport} */
  const report = { passed: 0, failed: 0, notRun: [] };
  for (const { name, status, assertionResults } of testResults) {
    /** @param {string[]} wanted */
    const count = (...wanted) =>
      assertionResults.filter((/** @type {{ status: string }} */ test) => wanted.includes(test.status))
        .length;
    const [passed, failed, left] = [
      count('passed'),
      count('failed'),
      count('pending', 'skipped', 'todo', 'disabled'),
    ];
    report.passed += passed;
    report.failed += failed === 0 && status === 'failed' ? 1 : failed;
    if (left > 0) report.notRun.push({ file: relative(process.cwd(), name), tests: left });
  }
  if (!ok && report.failed === 0) report.failed = 1;
  return report;
}
