/**
 * How a filter says which values it means: `value`, `/blog/*`, `~text`, `>=100`, `*`. Pure.
 *
 * A value is compared in one pass without backtracking: what a filter costs does not depend on how it is written.
 */
import { hasText } from './search-and-order.js';

export type Matcher = (value: string) => boolean;

/** Spelling of the literal parts of a pattern, between its wildcards, as values have it. */
export type Spell = (parts: string[]) => string[];

/** A bound of numbers, as `>=100`. */
export interface Bound {
  isUpper: boolean;
  matches: Matcher;
}

/** What stands for a value that is not known: whoever asks whether there is one does not mean these. */
const UNSET: ReadonlySet<string> = new Set(['', '(direct)', '(unknown)']);

const COMPARISON = /^(>=|<=|>|<)(.*)$/s;
/** A backslash before one of these makes it literal; before anything else it is a backslash. */
const ESCAPED = /\\([\\*~!<>=])/g;

const isSet: Matcher = (value) => !UNSET.has(value);

/** Reads a value or a pattern; throws a `PatternError` that says what is wrong. */
export function parsePattern(raw: string, spell: Spell): Matcher {
  if (raw === '*') return isSet;
  if (raw.startsWith('~')) return containing(unescapeText(raw.slice(1)));
  const parts = spell(splitAtWildcards(raw));
  const [only = ''] = parts;
  return parts.length === 1 ? (value) => value === only : matchingParts(parts);
}

/** Reads a comparison; undefined where it is none. Throws a `PatternError` where it compares with no number. */
export function parseBound(raw: string): Bound | undefined {
  const [, operator, text = ''] = COMPARISON.exec(raw) ?? [];
  if (operator === undefined) return undefined;
  const bound = toNumber(text);
  if (Number.isNaN(bound))
    throw new PatternError(`must compare with a number, as ${operator}100, or begin with \\${operator}`);
  const compare = COMPARE[operator];
  return {
    isUpper: operator.startsWith('<'),
    matches: (value) => compare?.(toNumber(value), bound) === true,
  };
}

/** What is wrong with a pattern, to stand behind the name of its parameter. */
export class PatternError extends Error {
  override name = 'PatternError';
}

const COMPARE: Record<string, (value: number, bound: number) => boolean> = {
  '>': (value, bound) => value > bound,
  '>=': (value, bound) => value >= bound,
  '<': (value, bound) => value < bound,
  '<=': (value, bound) => value <= bound,
};

/** NaN where the text is no number: it passes no comparison. */
const toNumber = (text: string): number => (text.trim() === '' ? Number.NaN : Number(text));

const unescapeText = (text: string): string => text.replace(ESCAPED, '$1');

/** The literal parts between the wildcards of a pattern: one where it has none. */
function splitAtWildcards(raw: string): string[] {
  const parts = [''];
  for (const [token] of raw.matchAll(/\\[\\*~!<>=]|[\s\S]/gu)) {
    if (token === '*') parts.push('');
    else
      parts.push(
        `${parts.pop() ?? ''}${token.length > 1 && token.startsWith('\\') ? token.slice(1) : token}`,
      );
  }
  return parts;
}

/** In either case. Who filters by a page types it as people write it. */
function containing(text: string): Matcher {
  if (text === '') throw new PatternError('must have a text after ~');
  return (value) => hasText(value, text);
}

/** Each part is looked for behind the one before, so that a value is gone through once. */
function matchingParts(parts: string[]): Matcher {
  const [first = ''] = parts;
  const last = parts.at(-1) ?? '';
  const middle = parts.slice(1, -1).filter((part) => part !== '');
  return (value) => {
    if (value.length < first.length + last.length || !value.startsWith(first) || !value.endsWith(last))
      return false;
    const end = value.length - last.length;
    let from = first.length;
    for (const part of middle) {
      const index = value.indexOf(part, from);
      if (index === -1 || index + part.length > end) return false;
      from = index + part.length;
    }
    return true;
  };
}
