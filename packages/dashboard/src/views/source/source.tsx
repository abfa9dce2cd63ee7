/** All about one source: what it brings, where it leads to, what comes of it. */
import { endsNow } from '../../address/range.js';
import { useQuery } from '../../api/use-query.js';
import { useApp } from '../../app/context.js';
import { DetailHead } from '../../parts/detail-head.js';
import { RangePicker } from '../../parts/range-picker.js';
import { RecentEvents } from '../../parts/recent-events.js';
import { SessionPanel } from '../../parts/session-panel.js';
import { StatsDetails } from '../../parts/stats-details.js';
import { DETAIL_WORDS } from '../../words/detail-words.js';
import { SHELL_WORDS } from '../../words/shell-words.js';
import { useWords } from '../../words/use-words.js';
import { valueLabel } from '../../words/value-label.js';

export function SourceDetails() {
  const words = useWords(DETAIL_WORDS);
  const shell = useWords(SHELL_WORDS);
  const { address, format } = useApp();
  const name = address.own.name ?? '(direct)';
  const query = { ...useQuery(), source: name };
  return (
    <div class="details">
      <DetailHead kind={words.source} name={valueLabel('source', name, shell, format)}>
        <RangePicker compare={false} />
      </DetailHead>
      <StatsDetails
        label={words.source}
        query={query}
        drawn="sessions"
        breakdowns={['entry_page', 'referrer', 'conversion_type', 'country']}
        titles={{ entry_page: words.landing }}
        everyMs={endsNow(address.range) ? 60_000 : undefined}
      />
      <RecentEvents query={query} />
      <SessionPanel />
    </div>
  );
}
