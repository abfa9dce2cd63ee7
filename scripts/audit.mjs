// Asks the registry for known vulnerabilities of what the published packages install.
import { run } from './run.mjs';

/** @returns {Promise<{ passed: number, failed: number, notes: string[] }>} a registry without an audit endpoint is noted */
export async function audit() {
  const args = ['audit', '--omit=dev', '--audit-level=high', '--json'];
  const { ok, output } = await run('npm', args, { quiet: true, timeoutMs: 60_000 });
  if (ok) return { passed: 1, failed: 0, notes: [] };
  const found = vulnerabilities(output);
  if (!found)
    return { passed: 0, failed: 0, notes: ['not run: npm audit, which this registry does not answer'] };
  return { passed: 0, failed: 1, notes: found };
}

/**
 * @param {string} output of `npm audit --json`, warnings and all
 * @returns {string[] | undefined} a line for each package; undefined where it was not answered
 */
export function vulnerabilities(output) {
  try {
    const report = JSON.parse(output.slice(output.indexOf('{'), output.lastIndexOf('}') + 1));
    if (!report.vulnerabilities) return undefined;
    return Object.values(report.vulnerabilities)
      .filter(({ severity }) => severity === 'high' || severity === 'critical')
      .map(({ name, severity, range }) => `${severity}: ${name} ${range} (npm audit --omit=dev)`);
  } catch {
    return undefined;
  }
}
