/** Two months in which a first and a last day are chosen, by pointer or by arrow keys. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { useApp } from '../hooks/app-context.js';
import { useMessages } from '../hooks/use-messages.js';
import {
  addDays,
  addMonths,
  daysBetween,
  firstOfMonth,
  firstOfWeek,
  lastOfMonth,
} from '../url-state/dates.js';
import type { CustomRange } from '../url-state/range.js';
import { RANGE_MENU_MESSAGES } from './range-menu-messages.js';

interface CalendarProps extends CustomRange {
  /** The last day that there is. */
  max: string;
  choose(range: CustomRange): void;
}

const KEYS: Readonly<Record<string, (date: string) => string>> = {
  ArrowLeft: (date) => addDays(date, -1),
  ArrowRight: (date) => addDays(date, 1),
  ArrowUp: (date) => addDays(date, -7),
  ArrowDown: (date) => addDays(date, 7),
  PageUp: (date) => addMonths(date, -1),
  PageDown: (date) => addMonths(date, 1),
  Home: firstOfMonth,
  End: lastOfMonth,
};

export function Calendar({ from, to, max, choose }: CalendarProps) {
  const messages = useMessages(RANGE_MENU_MESSAGES);
  const [last, setLast] = useState(firstOfMonth(to));
  // The day that arrow keys go from.
  const [at, setAt] = useState(to);
  const [first, setFirst] = useState<string>();
  const whole = useRef<HTMLDivElement>(null);
  const isMoved = useRef(false);
  useEffect(() => {
    if (isMoved.current) whole.current?.querySelector<HTMLElement>(`[data-date="${at}"]`)?.focus();
    isMoved.current = false;
  }, [at]);
  const pick = (date: string) => {
    setAt(date);
    if (first === undefined) setFirst(date);
    else choose(first <= date ? { from: first, to: date } : { from: date, to: first });
  };
  const move = (event: KeyboardEvent) => {
    const wanted = KEYS[event.key]?.(at);
    if (wanted === undefined) return;
    event.preventDefault();
    const next = wanted > max ? max : wanted;
    isMoved.current = true;
    setAt(next);
    const month = firstOfMonth(next);
    if (month > last) setLast(month);
    else if (month < addMonths(last, -1)) setLast(addMonths(month, 1));
  };
  const range = first === undefined ? { from, to } : { from: first, to: first };
  return (
    <div class="calendar" ref={whole}>
      <div class="calendar-steps">
        <button
          type="button"
          aria-label={messages.month_earlier}
          onClick={() => setLast(addMonths(last, -1))}
        >
          ‹
        </button>
        <span role="status" class="soft">
          {first === undefined ? messages.choose_first : messages.choose_last}
        </span>
        <button
          type="button"
          aria-label={messages.month_later}
          disabled={addMonths(last, 1) > max}
          onClick={() => setLast(addMonths(last, 1))}
        >
          ›
        </button>
      </div>
      <div class="months">
        {[addMonths(last, -1), last].map((month) => (
          <Month key={month} month={month} at={at} range={range} max={max} pick={pick} move={move} />
        ))}
      </div>
    </div>
  );
}

interface MonthProps {
  month: string;
  at: string;
  range: CustomRange;
  max: string;
  pick(date: string): void;
  move(event: KeyboardEvent): void;
}

function Month({ month, at, range, max, pick, move }: MonthProps) {
  const { format } = useApp();
  const start = firstOfWeek(month);
  const weeks = Math.ceil((daysBetween(start, lastOfMonth(month)) + 1) / 7);
  return (
    <table class="month">
      <caption>{format.monthOf(month)}</caption>
      <thead>
        <tr>
          {[1, 2, 3, 4, 5, 6, 7].map((day) => (
            <th key={day} scope="col">
              {format.weekday(day)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {Array.from({ length: weeks }, (_, week) => (
          <tr key={week}>
            {Array.from({ length: 7 }, (_, day) => {
              const date = addDays(start, 7 * week + day);
              if (firstOfMonth(date) !== month) return <td key={date} />;
              const isIn = range.from <= date && date <= range.to;
              const isEnd = date === range.from || date === range.to;
              return (
                <td key={date} class={isIn ? 'in' : ''}>
                  <button
                    type="button"
                    data-date={date}
                    class={isEnd ? 'end' : ''}
                    tabIndex={date === at ? 0 : -1}
                    aria-pressed={isIn}
                    aria-label={format.calendarDate(date)}
                    disabled={date > max}
                    onClick={() => pick(date)}
                    onKeyDown={move}
                  >
                    {Number(date.slice(8))}
                  </button>
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
