/** No regular expression takes longer than a line through what it reads: strangers send much of that. */
import { parseSync, Visitor } from 'oxc-parser';
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
  const { program } = parseSync(file, text);
  new Visitor({
    Literal(node) {
      if ('regex' in node) expressions.push(node.regex);
    },
    NewExpression({ callee, arguments: [pattern, flags], start, end }) {
      if (callee.type !== 'Identifier' || callee.name !== 'RegExp') return;
      const built = pattern && builtOfNumbers(text.slice(pattern.start, pattern.end));
      if (built === undefined || flags)
        throw new Error(`${file}: ${text.slice(start, end)} cannot be checked: write it as a literal`);
      expressions.push({ pattern: built, flags: '' });
    },
  }).visit(program);
  return expressions;
}

/** A template with limits in it, as `^[a-z]{1,${MAX_CHARS}}$`, with a number for each. */
function builtOfNumbers(template: string): string | undefined {
  const pattern = template.slice(1, -1).replaceAll(/\$\{(?:MAX|LEAST|MOST)_[A-Z_]+\}/g, '64');
  return template.startsWith('`') && !pattern.includes('${') ? pattern : undefined;
}

const isVulnerable = async ({ pattern, flags }: Expression) =>
  (await check(pattern, flags)).status !== 'safe';

describe('regular expressions', () => {
  it('are linear in every package', async () => {
    const sources = trackedFiles().filter((path) => /^packages\/[a-z]+\/src\/.*\.tsx?$/.test(path));
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
    expect(() => expressionsIn('a.ts', 'new RegExp(text)')).toThrow(
      'a.ts: new RegExp(text) cannot be checked',
    );
  });
});
