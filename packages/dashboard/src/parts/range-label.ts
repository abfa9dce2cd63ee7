/** The chosen range in words. */
import { customRange, isPreset } from '../address/range.js';
import { useApp } from '../app/context.js';
import { SHELL_WORDS } from '../words/shell-words.js';
import { useWords } from '../words/use-words.js';

export function useRangeLabel(): string {
  const words = useWords(SHELL_WORDS);
  const { address, format } = useApp();
  const { range } = address;
  if (isPreset(range)) return words[`range_${range}`];
  const custom = customRange(range);
  if (!custom) return words.custom;
  // Dates are days of the chosen zone: noon of the day in UTC would be another day in some.
  const isDates = custom.from.length === 10;
  if (!isDates) return `${format.moment(custom.from)} – ${format.moment(custom.to)}`;
  return custom.from === custom.to
    ? format.calendarDate(custom.from)
    : `${format.calendarDate(custom.from)} – ${format.calendarDate(custom.to)}`;
}
