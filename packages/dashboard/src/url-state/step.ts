/** The ranges before and after one, of its own length. Pure. */
import { addDays, addMonths, dateAt, daysBetween, firstOfMonth, lastOfMonth } from './dates.js';
import { formatRange, instantRange, instantsOf, PRESET_NAMES, rangeDates } from './range.js';

/**
 * @param by -1 or 1
 * @returns undefined where that is in the future
 */
export function stepRange(range: string, by: -1 | 1, timezone: string, now: number): string | undefined {
  const dates = rangeDates(range, timezone, now);
  if (!dates) {
    const { from, to } = instantsOf(range, now);
    const moved = { from: from + by * (to - from), to: to + by * (to - from) };
    return moved.from >= now ? undefined : instantRange(moved.from, moved.to);
  }
  const { from, to } = dates;
  const today = dateAt(now, timezone);
  const months = wholeMonths(from, to, today);
  const days = daysBetween(from, to) + 1;
  const moved =
    months === undefined
      ? { from: addDays(from, by * days), to: addDays(to, by * days) }
      : { from: addMonths(from, by * months), to: lastOfMonth(addMonths(firstOfMonth(to), by * months)) };
  if (moved.from > today) return undefined;
  const next = { from: moved.from, to: moved.to > today ? today : moved.to };
  // By its name where it has one: it moves on with the days.
  return (
    PRESET_NAMES.find((preset) => {
      const same = rangeDates(preset, timezone, now);
      return same?.from === next.from && same.to === next.to;
    }) ?? formatRange(next)
  );
}

/** How many months it is, the current one as far as it has come. */
function wholeMonths(from: string, to: string, today: string): number | undefined {
  if (from !== firstOfMonth(from) || (to !== lastOfMonth(to) && to !== today)) return undefined;
  // The first of a month is a day, which may also be the whole of a month so far.
  if (from === to) return undefined;
  return (
    12 * (Number(to.slice(0, 4)) - Number(from.slice(0, 4))) +
    Number(to.slice(5, 7)) -
    Number(from.slice(5, 7)) +
    1
  );
}
