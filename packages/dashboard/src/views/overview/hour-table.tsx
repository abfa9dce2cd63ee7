/** Page views by weekday and hour, as shades; an hour can be filtered by. */
import type { BreakdownRow } from '@liveinsight/schema';
import { useSize } from '../../components/use-size.js';
import { useApp } from '../../hooks/app-context.js';
import { useMessages } from '../../hooks/use-messages.js';
import { withValue } from '../../url-state/url-state.js';
import { OVERVIEW } from './messages.js';

const DAYS = [1, 2, 3, 4, 5, 6, 7];
/** Narrower than this, 24 hours beside each other are too small to be hit: then they are below each other. */
const WIDE_PX = 630;
const HOURS = Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, '0'));

export function HourTable({ rows = [] }: { rows?: readonly BreakdownRow[] | undefined }) {
  const messages = useMessages(OVERVIEW);
  const { urlState, go, format } = useApp();
  const views = new Map(rows.map(({ value, page_views = 0 }) => [value, page_views]));
  const largest = Math.max(1, ...views.values());
  const { ref, width } = useSize<HTMLDivElement>({ width: WIDE_PX, height: 1 });
  const isWide = width >= WIDE_PX;
  const cell = (day: string, hour: string) => {
    const value = `${day}-${hour}`;
    const count = views.get(value) ?? 0;
    const label = messages.page_views_at(format.weekday(Number(day)), `${hour}:00`, format.number(count));
    return (
      <td key={value}>
        <button
          type="button"
          title={label}
          aria-label={label}
          style={{ '--share': count / largest }}
          onClick={() => go({ filters: withValue(urlState.filters, 'hour_of_week', value) })}
        />
      </td>
    );
  };
  const days = DAYS.map((day) => ({ key: String(day), name: format.weekday(day) }));
  const hours = HOURS.map((hour) => ({ key: hour, name: hour }));
  const [columns, lines] = isWide ? [hours, days] : [days, hours];
  return (
    <div ref={ref}>
      <table class={isWide ? 'hour-grid' : 'hour-grid tall'}>
        <caption class="hidden-text">{messages.week}</caption>
        <thead>
          <tr>
            <td />
            {columns.map(({ key, name }) => (
              <th key={key} scope="col">
                <span>{name}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map(({ key: line, name }) => (
            <tr key={line}>
              <th scope="row">{name}</th>
              {columns.map(({ key }) => (isWide ? cell(line, key) : cell(key, line)))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
