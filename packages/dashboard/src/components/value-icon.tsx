/** What a value looks like: a flag, a brand's mark, or its first letter. It says nothing that its name does not. */
import { markOf } from '../icons/value-mark.js';

interface ValueIconProps {
  /** A breakdown or another kind of value; of most there are no icons. */
  dimension: string;
  value: string;
}

const MARKED: ReadonlySet<string> = new Set([
  'source',
  'utm_source',
  'browser',
  'os',
  'device',
  'channel',
  'event',
]);

/** Whether values of a dimension have icons: a list of them leaves room for each. */
const hasIcons = (dimension: string): boolean => dimension === 'country' || MARKED.has(dimension);

export function ValueIcon({ dimension, value }: ValueIconProps) {
  if (!hasIcons(dimension)) return null;
  if (dimension === 'country') {
    const isCode = /^[A-Z]{2}$/.test(value);
    const [column, row] = isCode ? [...value].map((letter) => letter.charCodeAt(0) - 65) : [];
    return (
      <span class={isCode ? 'flag' : 'no-mark'} aria-hidden="true" style={{ '--x': column, '--y': row }} />
    );
  }
  const mark = markOf(value === '' && dimension === 'source' ? '(direct)' : value);
  if (mark) return <span class="mark" aria-hidden="true" style={{ '--at': mark.at, '--hue': mark.color }} />;
  const letter = /^[\p{L}\p{N}]/u.exec(value)?.[0].toUpperCase();
  return <span class={letter ? 'letter-mark' : 'no-mark'} aria-hidden="true" data-letter={letter} />;
}
