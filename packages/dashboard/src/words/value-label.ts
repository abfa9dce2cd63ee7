/** Values of a dimension as people say them: `KR` is Korea, and no source is direct. Pure. */
import type { Breakdown } from '@liveinsight/schema';
import type { Format } from '../format/format.js';
import { readablePath } from '../format/path.js';
import type { SHELL_WORDS } from './shell-words.js';

type ShellWords = (typeof SHELL_WORDS)['en'];

export function valueLabel(by: Breakdown, value: string, words: ShellWords, format: Format): string {
  if (value === '(direct)' || (value === '' && by === 'source')) return words.direct;
  if (value === '(unknown)' || value === '') return words.unknown;
  if (value === '(other)') return words.other;
  switch (by) {
    case 'country':
      return format.country(value);
    case 'language':
      return format.languageName(value);
    case 'page':
    case 'entry_page':
    case 'exit_page':
    case 'referrer':
      return readablePath(value);
    default:
      return value;
  }
}
