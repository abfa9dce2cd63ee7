/** Page views by weekday and hour, as shades; an hour can be filtered by. */
import type { BreakdownRow } from '@liveinsight/schema';
import { useApp } from '../../hooks/app-context.js';
import { useMessages } from '../../hooks/use-messages.js';
import { withValue } from '../../url-state/url-state.js';
import { OVERVIEW } from './messages.js';

const DAYS = [1, 2, 3, 4, 5, 6, 7];
const HOURS = Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, '0'));

export function HourTable({ rows = [] }: { rows?: readonly BreakdownRow[] | undefined }) {
  const messages = useMessages(OVERVIEW);
  const { urlState, go, format } = useApp();
  const views = new Map(rows.map(({ value, page_views = 0 }) => [value, page_views]));
  const largest = Math.max(1, ...views.values());
  return (
    <table class="hour-grid">
      <caption class="hidden-text">{messages.week}</caption>
      <thead>
        <tr>
          <td />
          {HOURS.map((hour) => (
            <th key={hour} scope="col">
              <span>{hour}</span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {DAYS.map((day) => (
          <tr key={day}>
            <th scope="row">{format.weekday(day)}</th>
            {HOURS.map((hour) => {
              const value = `${day}-${hour}`;
              const count = views.get(value) ?? 0;
              const label = messages.page_views_at(format.weekday(day), `${hour}:00`, format.number(count));
              return (
                <td key={hour}>
                  <button
                    type="button"
                    title={label}
                    aria-label={label}
                    style={{ '--share': count / largest }}
                    onClick={() =>
                      go({
                        filters: withValue(urlState.filters, 'hour_of_week', value),
                      })
                    }
                  />
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
