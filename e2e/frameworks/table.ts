/** Writes what a run has seen into the table of the documentation; rows of frameworks that did not run stay. */
import { readFileSync, writeFileSync } from 'node:fs';
import type { Framework, Install } from './framework.js';

const page = new URL('../../docs/frameworks.md', import.meta.url);
const [BEGIN, END] = ['<!-- written by npm run frameworks -w @liveinsight/e2e -->', '<!-- end -->'];
const HEAD = ['| Framework | Version | Router | Script tag | npm |', '|---|---|---|---|---|'];

export interface Result {
  framework: Framework;
  version: string;
  /** Whether all views were right; one that was not tried is absent. */
  isRight: Partial<Record<Install, boolean>>;
}

export function writeTable(results: Result[], frameworks: Framework[]): void {
  const text = readFileSync(page, 'utf8');
  const [before = '', rest = ''] = text.split(BEGIN);
  const [table = '', after = ''] = rest.split(END);
  const rows = frameworks.flatMap((framework) => {
    const result = results.find(
      (other) => other.framework === framework && Object.keys(other.isRight).length,
    );
    const earlier = table.split('\n').find((row) => row.startsWith(`| ${framework.name} |`));
    return result ? [rowOf(result)] : (earlier ?? []);
  });
  writeFileSync(page, `${before}${BEGIN}\n${[...HEAD, ...rows].join('\n')}\n${END}${after}`);
}

function rowOf({ framework: { name, router, entryPoint }, version, isRight }: Result): string {
  const word = (install: Install, what: string) =>
    isRight[install] === undefined ? '' : isRight[install] ? what : `${what}: **not right**`;
  const npm = entryPoint ? word('npm', `\`${entryPoint}\``) : '–';
  return `| ${name} | ${version} | ${router} | ${word('script tag', 'yes')} | ${npm} |`;
}
