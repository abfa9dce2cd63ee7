/** What our tests read in a Markdown file: its fenced code and its links. */

export interface Snippet {
  file: string;
  /** Of the opening fence. */
  line: number;
  language: string;
  code: string;
  /** From `<!-- run: name -->` on the line before the fence: the test that executes it. */
  run?: string;
  /** From `<!-- file: path -->` there: the file, from the repository's root, whose text this is. */
  copyOf?: string;
}

export function snippets(file: string, text: string): Snippet[] {
  const lines = text.split('\n');
  const found: Snippet[] = [];
  for (let start = 0; start < lines.length; start += 1) {
    const fence = /^(\s*)(`{3,}|~{3,})\s*([\w-]*)/.exec(lines[start] ?? '');
    if (!fence) continue;
    const [, indent = '', marks = '', language = ''] = fence;
    const length = lines.slice(start + 1).findIndex((line) => line.trim() === marks);
    if (length < 0) throw new Error(`${file}:${start + 1}: a fence that is never closed`);
    const code = lines.slice(start + 1, start + 1 + length).map((line) => line.replace(indent, ''));
    const [, mark, value = ''] = /^\s*<!-- (run|file): (\S+) -->$/.exec(lines[start - 1] ?? '') ?? [];
    found.push({
      file,
      line: start + 1,
      language,
      code: `${code.join('\n')}\n`,
      ...(mark === 'run' ? { run: value } : {}),
      ...(mark === 'file' ? { copyOf: value } : {}),
    });
    start += length + 1;
  }
  return found;
}

export interface Link {
  line: number;
  target: string;
}

/** Links and images, inline and by reference, outside of code. */
export function links(text: string): Link[] {
  const prose = text
    .replace(/^(\s*)(`{3,}|~{3,})[\s\S]*?^\1\2\s*$/gm, (code) => code.replace(/[^\n]/g, ''))
    .replace(/`[^`\n]*`/g, '');
  return prose.split('\n').flatMap((line, index) => {
    const inline = [...line.matchAll(/\]\(\s*<?([^)\s>]+)>?[^)]*\)/g)];
    const references = [...line.matchAll(/^\[[^\]]+\]:\s+(\S+)/g)];
    return [...inline, ...references].map(([, target = '']) => ({ line: index + 1, target }));
  });
}

/** The names that links into a page may end in, as GitHub makes them from its headings. */
export function anchors(text: string): Set<string> {
  const headings = text.replace(/^(`{3,})[\s\S]*?^\1\s*$/gm, '').matchAll(/^#{1,6}\s+(.+?)\s*#*$/gm);
  return new Set([...headings].map(([, heading = '']) => anchor(heading)));
}

function anchor(heading: string): string {
  return heading
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replace(/\s/g, '-');
}
