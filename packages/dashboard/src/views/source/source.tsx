/** All about one source: what it brings, where it leads to, what comes of it. */

import { DetailHeader } from '../../components/detail-header.js';
import { RecentEvents } from '../../components/recent-events.js';
import { StatsDetails } from '../../components/stats-details.js';
import { useApp } from '../../hooks/app-context.js';
import { useMessages } from '../../hooks/use-messages.js';
import { useUrlQuery } from '../../hooks/use-url-query.js';
import { DETAIL_MESSAGES } from '../../i18n/detail-messages.js';
import { valueLabel } from '../../i18n/value-label.js';
import { SessionPanel } from '../../session-panel/outlet.js';
import { TableDialogOutlet } from '../../table-dialog/outlet.js';
import { endsNow } from '../../url-state/range.js';

export function SourceDetails() {
  const messages = useMessages(DETAIL_MESSAGES);
  const { urlState, format, language } = useApp();
  const name = urlState.own.name ?? '(direct)';
  const query = { ...useUrlQuery(), source: name };
  return (
    <div class="details">
      <DetailHeader kind={messages.source} name={valueLabel('source', name, language, format)} />
      <StatsDetails
        label={messages.source}
        query={query}
        drawn="sessions"
        breakdowns={['entry_page', 'referrer', 'conversion_type', 'country']}
        titles={{ entry_page: messages.landing }}
        everyMs={endsNow(urlState.range) ? 60_000 : undefined}
      />
      <RecentEvents query={query} />
      <TableDialogOutlet query={query} />
      <SessionPanel />
    </div>
  );
}
