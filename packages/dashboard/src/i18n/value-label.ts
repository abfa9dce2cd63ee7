/** Values of a dimension as people say them: `KR` is Korea, and no source is direct. Pure. */
import type { Breakdown } from '@liveinsight/schema';
import type { Format } from '../format/format.js';
import { readablePath } from '../format/path.js';
import type { SHELL_MESSAGES } from './shell-messages.js';

type ShellMessages = (typeof SHELL_MESSAGES)['en'];

export function valueLabel(by: Breakdown, value: string, messages: ShellMessages, format: Format): string {
  if (value === '(direct)' || (value === '' && by === 'source')) return messages.direct;
  if (value === '(unknown)' || value === '') return messages.unknown;
  if (value === '(other)') return messages.other;
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
