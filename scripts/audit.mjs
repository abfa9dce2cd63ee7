// Asks the registry for known vulnerabilities of what the published packages install, and whether what is installed is signed by it.
import { run } from './run.mjs';

/** @typedef {{ passed: number, failed: number, notes: string[] }} Outcome */

/** @returns {Promise<Outcome>} a registry without an endpoint for it is noted */
export async function audit() {
  const known = await ask('npm audit', ['--omit=dev', '--audit-level=high'], vulnerabilities);
  const signed = await ask('npm audit signatures', ['--fetch-retries=0'], wrongSignatures);
  return {
    passed: known.passed + signed.passed,
    failed: known.failed + signed.failed,
    notes: [...known.notes, ...signed.notes],
  };
}

/**
 * @param {string} command
 * @param {string[]} flags
 * @param {(output: string) => string[] | undefined} faultsOf
 * @returns {Promise<Outcome>}
 */
async function ask(command, flags, faultsOf) {
  const [npm = '', ...words] = command.split(' ');
  const { ok, output } = await run(npm, [...words, ...flags, '--json'], { quiet: true, timeoutMs: 60_000 });
  if (ok) return { passed: 1, failed: 0, notes: [] };
  const found = faultsOf(output);
  if (!found)
    return { passed: 0, failed: 0, notes: [`not run: ${command}, which this registry does not answer`] };
  return { passed: found.length === 0 ? 1 : 0, failed: found.length === 0 ? 0 : 1, notes: found };
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

/**
 * Packages of before the registry signed them have none.
 * @param {string} output of `npm audit signatures --json`, warnings and all
 * @returns {string[] | undefined} a line for each wrong one; undefined where it was not answered
 */
export function wrongSignatures(output) {
  try {
    const { invalid } = JSON.parse(output.slice(output.indexOf('{'), output.lastIndexOf('}') + 1));
    return invalid?.map(
      (/** @type {{ name: string, version: string }} */ { name, version }) =>
        `wrong signature: ${name}@${version} (npm audit signatures)`,
    );
  } catch {
    return undefined;
  }
}
