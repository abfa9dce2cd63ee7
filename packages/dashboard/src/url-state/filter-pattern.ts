/** How a filter's value says which values it means, as the API reads it: `value`, `~text`, `/blog/*`, `>=100`, `*`. Pure. */

export const COMPARISONS = ['>', '>=', '<', '<='] as const;
/** `matches` is a text with `*` in it; `any` is any value at all. */
const KINDS = ['is', 'contains', 'starts', 'matches', 'any', ...COMPARISONS] as const;
export type Kind = (typeof KINDS)[number];

export interface Pattern {
  kind: Kind;
  /** As people write it. */
  text: string;
}

const isComparison = (text: string): text is (typeof COMPARISONS)[number] =>
  (COMPARISONS as readonly string[]).includes(text);

const unescapeText = (text: string): string => text.replace(/\\([\\*~!<>=])/g, '$1');
const escapeBackslashes = (text: string): string => text.replace(/\\(?=[\\*~!<>=])/g, '\\\\');

export function parsePattern(raw: string): Pattern {
  if (raw === '*') return { kind: 'any', text: '' };
  if (raw.startsWith('~')) return { kind: 'contains', text: unescapeText(raw.slice(1)) };
  const [, comparison = '', number = ''] = /^([<>]=?)(.*)$/s.exec(raw) ?? [];
  if (isComparison(comparison) && number.trim() !== '' && !Number.isNaN(Number(number)))
    return { kind: comparison, text: number };
  const bare = raw.replace(/\\[\\*~!<>=]/g, '');
  if (!bare.includes('*')) return { kind: 'is', text: unescapeText(raw) };
  if (bare.indexOf('*') === bare.length - 1) return { kind: 'starts', text: unescapeText(raw.slice(0, -1)) };
  return { kind: 'matches', text: raw };
}

export function formatPattern({ kind, text }: Pattern): string {
  switch (kind) {
    case 'any':
      return '*';
    case 'contains':
      return `~${escapeBackslashes(text)}`;
    case 'starts':
      return `${toLiteral(text)}*`;
    case 'matches':
      return text;
    case 'is':
      return toLiteral(text);
    default:
      return kind + text;
  }
}

/** A value that is meant as it is, also where it reads like a pattern. */
export const toLiteral = (value: string): string => value.replace(/\*|\\(?=[\\*~!<>=])|^[!~<>]/g, '\\$&');
