/** One hour, by five minutes and event by event. */

import { DetailHeader } from '../../components/detail-header.js';
import { RecentEvents } from '../../components/recent-events.js';
import { StatsDetails } from '../../components/stats-details.js';
import { useApp } from '../../hooks/app-context.js';
import { useMessages } from '../../hooks/use-messages.js';
import { useUrlQuery } from '../../hooks/use-url-query.js';
import { DETAIL_MESSAGES } from '../../i18n/detail-messages.js';
import { SessionPanel } from '../../session-panel/outlet.js';
import { TableDialogOutlet } from '../../table-dialog/outlet.js';
import { customRange, instantRange } from '../../url-state/range.js';

const HOUR_MS = 3_600_000;

export function HourDetails() {
  const messages = useMessages(DETAIL_MESSAGES);
  const { urlState, format, hrefTo } = useApp();
  const { from, to } = hourOf(urlState.range, Date.now());
  const query = { ...useUrlQuery(), from: new Date(from).toISOString(), to: new Date(to).toISOString() };
  const step = (by: number) => hrefTo({ range: instantRange(from + by * HOUR_MS, to + by * HOUR_MS) });
  const isNow = to > Date.now();
  return (
    <div class="details">
      <DetailHeader
        kind={messages.hour}
        name={`${format.date(from)}, ${format.minute(from)}–${format.minute(to)}`}
      >
        <nav class="steps" aria-label={messages.hour}>
          <a href={step(-1)} aria-label={messages.earlier}>
            ←
          </a>
          {!isNow && (
            <a href={step(1)} aria-label={messages.later}>
              →
            </a>
          )}
        </nav>
      </DetailHeader>
      <StatsDetails
        label={messages.hour}
        query={query}
        interval="5m"
        drawn="page_views"
        breakdowns={['page', 'source', 'event_name', 'country']}
        everyMs={isNow ? 60_000 : undefined}
      />
      <RecentEvents query={query} />
      <TableDialogOutlet query={query} />
      <SessionPanel />
    </div>
  );
}

/** The hour that the range is, else the one under way. */
function hourOf(range: string, now: number): { from: number; to: number } {
  const custom = customRange(range);
  const isInstants = custom !== undefined && custom.from.length > 10;
  if (isInstants) return { from: Date.parse(custom.from), to: Date.parse(custom.to) };
  const from = Math.floor(now / HOUR_MS) * HOUR_MS;
  return { from, to: from + HOUR_MS };
}
