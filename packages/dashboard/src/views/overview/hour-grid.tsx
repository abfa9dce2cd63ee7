/** When they come: page views by weekday and hour, as shades; an hour can be filtered by. */
import type { BreakdownRow } from '@liveinsight/schema';
import type { Query } from '../../api/client.js';
import { Panel } from '../../components/panel.js';
import { QueryState } from '../../components/query-states.js';
import { useApp } from '../../hooks/app-context.js';
import { useMessages } from '../../hooks/use-messages.js';
import { useQuery } from '../../hooks/use-query.js';
import { withValue } from '../../url-state/url-state.js';
import { OVERVIEW } from './messages.js';

const DAYS = [1, 2, 3, 4, 5, 6, 7];
const HOURS = Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, '0'));

/** All hours of a week, whichever rows other tables begin with. */
const ROWS = '168';

export function HourGrid({ query, everyMs }: { query: Query; everyMs?: number }) {
  const messages = useMessages(OVERVIEW);
  const result = useQuery(
    '/stats',
    { ...query, breakdown: 'hour_of_week', limit: ROWS },
    everyMs === undefined ? {} : { everyMs },
  );
  return (
    <Panel class="week" title={messages.week}>
      <QueryState result={result}>{({ breakdowns }) => <Grid rows={breakdowns.hour_of_week} />}</QueryState>
    </Panel>
  );
}

function Grid({ rows = [] }: { rows?: readonly BreakdownRow[] | undefined }) {
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
