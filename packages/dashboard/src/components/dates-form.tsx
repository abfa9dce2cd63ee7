/** First and last day: typed, or two clicks in a calendar. */
import { useState } from 'preact/hooks';
import { useApp } from '../hooks/app-context.js';
import { useMessages } from '../hooks/use-messages.js';
import { dateAt } from '../url-state/dates.js';
import type { CustomRange } from '../url-state/range.js';
import { Calendar } from './calendar.js';
import { RANGE_MENU_MESSAGES } from './range-menu-messages.js';

interface DatesFormProps {
  label: string;
  /** What is in force. */
  range: CustomRange;
  choose(range: CustomRange): void;
}

export function DatesForm({ label, range, choose }: DatesFormProps) {
  const messages = useMessages(RANGE_MENU_MESSAGES);
  const { timezone } = useApp();
  const [from, setFrom] = useState(range.from);
  const [to, setTo] = useState(range.to);
  const today = dateAt(Date.now(), timezone);
  const apply = (event: Event) => {
    event.preventDefault();
    if (from !== '' && to !== '' && from <= to) choose({ from, to });
  };
  return (
    <form class="dates" onSubmit={apply} aria-label={label}>
      <div class="date-fields">
        <label>
          {messages.from}
          <input
            type="date"
            value={from}
            max={to}
            required
            onInput={({ currentTarget }) => setFrom(currentTarget.value)}
          />
        </label>
        <label>
          {messages.to}
          <input
            type="date"
            value={to}
            min={from}
            required
            onInput={({ currentTarget }) => setTo(currentTarget.value)}
          />
        </label>
        <button type="submit">{messages.apply}</button>
      </div>
      <Calendar from={from} to={to} max={today} choose={choose} />
    </form>
  );
}
