/** The chosen range, and the period it is compared with, in words. */

import type { Format } from '../format/format.js';
import { useApp } from '../hooks/app-context.js';
import { useMessages } from '../hooks/use-messages.js';
import { SHELL_MESSAGES } from '../i18n/shell-messages.js';
import { customRange, isPreset } from '../url-state/range.js';

export function useRangeLabel(): string {
  const messages = useMessages(SHELL_MESSAGES);
  const { urlState, format } = useApp();
  const { range } = urlState;
  return isPreset(range) ? messages[`range_${range}`] : (customLabel(range, format) ?? messages.custom);
}

/** Undefined: with none. */
export function useCompareLabel(): string | undefined {
  const messages = useMessages(SHELL_MESSAGES);
  const { urlState, format } = useApp();
  const { compare } = urlState;
  if (!compare) return undefined;
  if (compare.to === 'previous' || compare.to === 'year') return messages[`compare_${compare.to}`];
  return customLabel(compare.to, format) ?? messages.compare_custom;
}

function customLabel(range: string, format: Format): string | undefined {
  const custom = customRange(range);
  if (!custom) return undefined;
  // Dates are days of the chosen zone: noon of the day in UTC would be another day in some.
  const isDates = custom.from.length === 10;
  if (!isDates) return `${format.moment(custom.from)} – ${format.moment(custom.to)}`;
  return custom.from === custom.to
    ? format.calendarDate(custom.from)
    : `${format.calendarDate(custom.from)} – ${format.calendarDate(custom.to)}`;
}
