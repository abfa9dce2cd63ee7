/** No regular expression takes longer than a line through what it reads: strangers send much of that. */
import { type NewExpression, parseSync, type Span, Visitor } from 'oxc-parser';
import { check } from 'recheck';
import { describe, expect, it } from 'vitest';
import { read, trackedFiles } from './tracked-files.js';

interface Expression {
  pattern: string;
  flags: string;
}

/** Of each expression, the first file it stands in. */
function expressionsOf(files: string[]): Map<string, Expression & { file: string }> {
  const found = new Map<string, Expression & { file: string }>();
  for (const file of files) {
    for (const expression of expressionsIn(file, read(file))) {
      const key = `/${expression.pattern}/${expression.flags}`;
      if (!found.has(key)) found.set(key, { ...expression, file });
    }
  }
  return found;
}

function expressionsIn(file: string, text: string): Expression[] {
  const expressions: Expression[] = [];
  /** Patterns by the names they have in this file. */
  const named = new Map<string, string>();
  const source = ({ start, end }: Span) => text.slice(start, end);
  const { program } = parseSync(file, text);
  new Visitor({
    Literal(node) {
      if ('regex' in node) expressions.push(node.regex);
    },
    NewExpression(node) {
      if (source(node.callee) !== 'RegExp') return;
      const lines = linesOf(node, source);
      if (lines) return void expressions.push(...lines);
      const built = builtOf(node, named, source);
      if (!built) throw new Error(`${file}: ${source(node)} cannot be checked: write it as a literal`);
      expressions.push(built);
    },
    VariableDeclarator({ id, init }) {
      const expression =
        init?.type === 'NewExpression'
          ? builtOf(init, named, source)
          : init?.type === 'Literal' && 'regex' in init && init.regex;
      if (expression) named.set(source(id), expression.pattern);
    },
  }).visit(program);
  return expressions;
}

/** Of a template that has limits or other expressions in it, as `^[a-z]{1,${MAX_CHARS}}$` or `a|${OTHER.source}`. */
function builtOf(
  { arguments: [template, flags] }: NewExpression,
  named: ReadonlyMap<string, string>,
  source: (span: Span) => string,
): Expression | undefined {
  if (flags && (flags.type !== 'Literal' || typeof flags.value !== 'string')) return undefined;
  if (template?.type !== 'TemplateLiteral') return undefined;
  const values = template.expressions
    .map(source)
    .map((name) =>
      /^(MAX|LEAST|MOST)_[A-Z_]+$/.test(name) ? '64' : named.get(name.replace(/\.source$/, '')),
    );
  if (values.includes(undefined)) return undefined;
  const pattern = template.quasis.map(({ value }, at) => `${value.cooked}${values[at] ?? ''}`).join('');
  return { pattern, flags: flags ? String(flags.value) : '' };
}

/**
 * Of a long one that is written a line for each kind: [String.raw`a`, String.raw`b`].join('|'). An alternative
 * by itself is checked much sooner, and those that nothing repeats take as long as all of them one after the other.
 */
function linesOf(
  { arguments: [call, flags] }: NewExpression,
  source: (span: Span) => string,
): Expression[] | undefined {
  if (call?.type !== 'CallExpression' || call.callee.type !== 'MemberExpression') return undefined;
  const { object: list, property } = call.callee;
  const [separator] = call.arguments;
  if (source(property) !== 'join' || !separator || source(separator) !== "'|'") return undefined;
  if (list.type !== 'ArrayExpression' || (flags && flags.type !== 'Literal')) return undefined;
  const patterns = list.elements.map((line) =>
    line?.type === 'TaggedTemplateExpression' &&
    source(line.tag) === 'String.raw' &&
    line.quasi.quasis.length === 1
      ? line.quasi.quasis[0]?.value.raw
      : undefined,
  );
  if (patterns.includes(undefined)) return undefined;
  return patterns
    .flatMap((pattern) => alternativesOf(pattern ?? ''))
    .map((pattern) => ({ pattern, flags: flags ? String(flags.value) : '' }));
}

/** What stands between the `|` that are in no group and no class. */
function alternativesOf(pattern: string): string[] {
  const found = [''];
  let depth = 0;
  let isInClass = false;
  for (const [piece] of pattern.matchAll(/\\.|[^\\]/gs)) {
    if (piece === '[') isInClass = true;
    else if (piece === ']') isInClass = false;
    else if (piece === '(' && !isInClass) depth += 1;
    else if (piece === ')' && !isInClass) depth -= 1;
    if (piece === '|' && depth === 0 && !isInClass) found.push('');
    else found.push(`${found.pop()}${piece}`);
  }
  return found;
}

/** However long the check takes: given up half-way, it would know nothing. */
const isVulnerable = async ({ pattern, flags }: Expression) =>
  (await check(pattern, flags, { timeout: null })).status !== 'safe';

describe('regular expressions', () => {
  it('are linear in every package', async () => {
    const sources = trackedFiles().filter((path) =>
      /^packages\/[a-z]+\/(src|functions)\/.*\.tsx?$/.test(path),
    );
    const expressions = expressionsOf(sources);
    expect(expressions.size).toBeGreaterThan(50);
    const slow: string[] = [];
    for (const [text, expression] of expressions)
      if (await isVulnerable(expression)) slow.push(`${expression.file}: ${text}`);
    expect(slow).toEqual([]);
  }, 120_000);

  it('are found wherever they stand, and seen through', async () => {
    const [quadratic, exponential, limited] = expressionsIn(
      'a.ts',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: text of a program
      "const a = ' x '.replace(/\\s+$/, ''); f(/^(a|a)*$/i); new RegExp(`^[a-z]{1,${MAX_CHARS}}$`);",
    );
    expect(quadratic && (await isVulnerable(quadratic))).toBe(true);
    expect(exponential && (await isVulnerable(exponential))).toBe(true);
    expect(limited && (await isVulnerable(limited))).toBe(false);
    // biome-ignore lint/suspicious/noTemplateCurlyInString: text of a program
    const composed = expressionsIn('a.ts', "const SPACES = /\\s+/; f(new RegExp(`${SPACES.source}$`, 'u'));");
    expect(composed[1]).toEqual({ pattern: '\\s+$', flags: 'u' });
    const listed = expressionsIn(
      'a.ts',
      "new RegExp([String.raw`\\s+$`, String.raw`b(?:c|[|\\]d])|e\\|`].join('|'), 'i');",
    );
    expect(listed).toEqual([
      { pattern: '\\s+$', flags: 'i' },
      { pattern: 'b(?:c|[|\\]d])', flags: 'i' },
      { pattern: 'e\\|', flags: 'i' },
    ]);
    expect(() => expressionsIn('a.ts', 'new RegExp(text)')).toThrow(
      'a.ts: new RegExp(text) cannot be checked',
    );
  });
});
