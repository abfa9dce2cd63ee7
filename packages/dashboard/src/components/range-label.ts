/** The chosen range in words. */

import { useApp } from '../hooks/app-context.js';
import { useMessages } from '../hooks/use-messages.js';
import { SHELL_MESSAGES } from '../i18n/shell-messages.js';
import { customRange, isPreset } from '../url-state/range.js';

export function useRangeLabel(): string {
  const messages = useMessages(SHELL_MESSAGES);
  const { urlState, format } = useApp();
  const { range } = urlState;
  if (isPreset(range)) return messages[`range_${range}`];
  const custom = customRange(range);
  if (!custom) return messages.custom;
  // Dates are days of the chosen zone: noon of the day in UTC would be another day in some.
  const isDates = custom.from.length === 10;
  if (!isDates) return `${format.moment(custom.from)} – ${format.moment(custom.to)}`;
  return custom.from === custom.to
    ? format.calendarDate(custom.from)
    : `${format.calendarDate(custom.from)} – ${format.calendarDate(custom.to)}`;
}
