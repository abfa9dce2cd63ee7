/** What is done to a project: files that are made, lines that are inserted. Nothing is overwritten. */
import type { Project } from './project.js';

export interface Creation {
  path: string;
  text: string;
}

export interface Insertion {
  path: string;
  /** Lines that are inserted, without indentation. */
  lines: string;
  /** Where: the beginning of a line before which they go, or within a line, which they split; undefined where no place fits. */
  place(text: string): number | undefined;
  /** Occurs in a file that has them already. */
  mark: string;
}

export interface Steps {
  create: Creation[];
  insert: Insertion[];
  /** What is left to the developer, in order. */
  left: string[];
  /** Packages that are needed. */
  packages: string[];
}

export type Outcome = 'created' | 'changed' | 'already' | 'left';

export interface Done {
  outcome: Outcome;
  path: string;
  /** Lines that were added, or that are to be added by hand. */
  lines: string;
}

/** @param write false: only says what it would do */
export function takeSteps(project: Project, { create, insert }: Steps, write: boolean): Done[] {
  const created = create.map(({ path, text }): Done => {
    const present = project.read(path);
    if (present === text) return { outcome: 'already', path, lines: '' };
    if (present !== undefined) return { outcome: 'left', path, lines: text };
    if (write) project.write(path, text);
    return { outcome: 'created', path, lines: text };
  });
  const texts = new Map<string, string>();
  const inserted = insert.map(({ path, lines, place, mark }): Done => {
    const text = texts.get(path) ?? project.read(path);
    if (text?.includes(mark)) return { outcome: 'already', path, lines: '' };
    const at = text === undefined ? undefined : place(text);
    if (text === undefined || at === undefined) return { outcome: 'left', path, lines: `${lines}\n` };
    const isLineStart = at === 0 || text[at - 1] === '\n';
    const indented = isLineStart ? indent(lines, indentationAt(text, at)) : `\n${indent(lines, '  ')}  `;
    texts.set(path, text.slice(0, at) + indented + text.slice(at));
    return { outcome: 'changed', path, lines: isLineStart ? indented : indent(lines, '  ') };
  });
  if (write) for (const [path, text] of texts) project.write(path, text);
  return [...created, ...byFile(inserted)];
}

/** What becomes of one file in several places is said once. */
function byFile(all: Done[]): Done[] {
  const merged = new Map<string, Done>();
  for (const one of all) {
    const key = `${one.outcome} ${one.path}`;
    merged.set(key, { ...one, lines: (merged.get(key)?.lines ?? '') + one.lines });
  }
  return [...merged.values()];
}

/** The indentation of the line that follows; of a closing bracket or tag, one level more. */
function indentationAt(text: string, at: number): string {
  const [line = ''] = text.slice(at).split('\n', 1);
  const own = line.slice(0, line.length - line.trimStart().length);
  if (!/^(?:<\/|[\]})])/.test(line.trimStart())) return own;
  return own + (own.includes('\t') || (own === '' && text.includes('\n\t')) ? '\t' : '  ');
}

const indent = (lines: string, by: string): string =>
  lines
    .split('\n')
    .map((line) => `${line === '' ? '' : by + line}\n`)
    .join('');

/** The beginning of the line that has the last occurrence of a text, unless something else is on it before. */
export const beforeLine = (wanted: string) => (text: string) => {
  const at = text.lastIndexOf(wanted);
  if (at < 0) return undefined;
  const start = text.lastIndexOf('\n', at) + 1;
  return text.slice(start, at).trim() === '' ? start : undefined;
};

/** The beginning of the line after the one that fits. */
export const afterLine = (pattern: RegExp) => (text: string) => {
  const found = pattern.exec(text);
  if (!found) return undefined;
  const end = text.indexOf('\n', found.index + found[0].length);
  return end < 0 ? undefined : end + 1;
};

/** After the last `import` or `require` at the beginning of a file's lines, else at its beginning. */
export function afterImports(text: string): number {
  let at = 0;
  for (const { index, 0: found } of text.matchAll(/^(?:import .*|\} from .*|const .*\brequire\(.*)$/gm))
    at = index + found.length + 1;
  return at;
}
