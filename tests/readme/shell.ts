/** Checks the commands of a page: each must exist in this repository. */
import type { Manifest } from '../published.js';

export interface Known {
  /** Of the package.json that stands beside the page, or of the root. */
  scripts: Record<string, string>;
  /** Those of each workspace, by its name: `npm run … -w name`. */
  workspaces: Map<string, Record<string, string>>;
  /** Our packages and what they or the examples ask for: what a reader may be told to install. */
  packages: Set<string>;
  /** What `liveinsight --help` lists. */
  commands: Set<string>;
  /** Whether a file or folder is there, from the repository's root. */
  exists(path: string): boolean;
}

/** @returns what is wrong with a line of shell, `undefined` if nothing is */
export function judge(line: string, known: Known): string | undefined {
  const words = line
    .trim()
    .split(/\s+/)
    .filter((word) => !/^[A-Z_]+=/.test(word));
  const [program = '', verb = '', ...rest] = words;
  const operands = rest.filter((word) => !word.startsWith('-'));
  if (program === 'npm') return judgeNpm(verb, operands, known);
  if (program === 'npx') return judgeNpx(verb, operands, known);
  if (program === 'node') return known.exists(verb) ? undefined : `there is no ${verb}`;
  if (program === 'cd') return known.exists(verb) ? undefined : `there is no folder ${verb}`;
  return ['git', 'curl', 'export'].includes(program)
    ? undefined
    : `${program} is not a command this page may use`;
}

/** The commands of a block, without comments, with continued lines joined and `a && b` taken apart. */
export function commandsOf(code: string): string[] {
  return code
    .replace(/\\\n/g, ' ')
    .split('\n')
    .flatMap((line) => line.replace(/(^|\s)#.*$/, '').split('&&'))
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

function judgeNpm(verb: string, operands: string[], { packages, ...known }: Known): string | undefined {
  const scripts = known.workspaces.get(operands[1] ?? '') ?? known.scripts;
  if (verb === 'ci') return undefined;
  if (verb === 'start' || verb === 'test') return scripts[verb] ? undefined : `there is no script ${verb}`;
  if (verb === 'run') return scripts[operands[0] ?? ''] ? undefined : `there is no script ${operands[0]}`;
  if (verb !== 'install' && verb !== 'i') return `npm ${verb} is not a command this page may use`;
  const unknown = operands.filter((name) => !packages.has(name));
  return unknown.length === 0 ? undefined : `nothing here uses the package ${unknown.join(', ')}`;
}

function judgeNpx(tool: string, operands: string[], { commands, packages }: Known): string | undefined {
  if (tool !== 'liveinsight') return packages.has(tool) ? undefined : `nothing here uses ${tool}`;
  const [command = ''] = operands;
  return commands.has(command) ? undefined : `liveinsight has no command ${command}`;
}

export function packageNames(manifests: Manifest[]): Set<string> {
  return new Set(
    manifests.flatMap(({ name, dependencies, peerDependencies, devDependencies }) => [
      name,
      ...[dependencies, peerDependencies, devDependencies].flatMap((group) => Object.keys(group ?? {})),
    ]),
  );
}
