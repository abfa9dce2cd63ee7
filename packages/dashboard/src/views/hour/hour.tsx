/** One hour, by five minutes and event by event. */
import { customRange, instantRange } from '../../address/range.js';
import { useQuery } from '../../api/use-query.js';
import { useApp } from '../../app/context.js';
import { DetailHead } from '../../parts/detail-head.js';
import { RangePicker } from '../../parts/range-picker.js';
import { RecentEvents } from '../../parts/recent-events.js';
import { SessionPanel } from '../../parts/session-panel.js';
import { StatsDetails } from '../../parts/stats-details.js';
import { DETAIL_WORDS } from '../../words/detail-words.js';
import { useWords } from '../../words/use-words.js';

const HOUR_MS = 3_600_000;

export function HourDetails() {
  const words = useWords(DETAIL_WORDS);
  const { address, format, hrefTo } = useApp();
  const { from, to } = hourOf(address.range, Date.now());
  const query = { ...useQuery(), from: new Date(from).toISOString(), to: new Date(to).toISOString() };
  const step = (by: number) => hrefTo({ range: instantRange(from + by * HOUR_MS, to + by * HOUR_MS) });
  const isNow = to > Date.now();
  return (
    <div class="details">
      <DetailHead
        kind={words.hour}
        name={`${format.date(from)}, ${format.minute(from)}–${format.minute(to)}`}
      >
        <nav class="steps" aria-label={words.hour}>
          <a href={step(-1)} aria-label={words.earlier}>
            ←
          </a>
          {!isNow && (
            <a href={step(1)} aria-label={words.later}>
              →
            </a>
          )}
        </nav>
        <RangePicker compare={false} />
      </DetailHead>
      <StatsDetails
        label={words.hour}
        query={query}
        interval="5m"
        drawn="page_views"
        breakdowns={['page', 'source', 'event_name', 'country']}
        everyMs={isNow ? 60_000 : undefined}
      />
      <RecentEvents query={query} />
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
