/** The scripts parse in the browsers that the documentation names: what is newer would keep them from running at all. */
import { readFileSync } from 'node:fs';
import { type ecmaVersion, parse } from 'acorn';
import { expect, it } from 'vitest';

const read = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
const stated = (script: string) => {
  const year = new RegExp(`\\| ${script} script and npm build \\| ES(20\\d\\d) \\|`).exec(
    read('../../docs/reference/tracker.md'),
  )?.[1];
  return Number(year) as ecmaVersion;
};

it.each([
  ['core', 'liveinsight.js', 'script'],
  ['core', 'bounce-script.js', 'script'],
  ['core', 'index.js', 'module'],
  ['extended', 'liveinsight.extended.js', 'script'],
  ['extended', 'liveinsight.debug.js', 'script'],
  ['extended', 'extended.js', 'module'],
] as const)('by what is said of the %s script, %s parses', (script, file, sourceType) => {
  expect(() => parse(read(`dist/${file}`), { ecmaVersion: stated(script), sourceType })).not.toThrow();
});

it('is told from what is newer', () => {
  expect(() => parse('class A { static {} }', { ecmaVersion: stated('core') })).toThrow(SyntaxError);
});
