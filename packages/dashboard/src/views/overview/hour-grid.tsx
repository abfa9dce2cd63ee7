/** When they come: page views by weekday and hour, as shades; an hour can be filtered by. */
import type { BreakdownRow } from '@liveinsight/schema';
import type { Query } from '../../api/client.js';
import { lazy } from '../../components/lazy.js';
import { Panel } from '../../components/panel.js';
import { QueryState } from '../../components/query-states.js';
import { useMessages } from '../../hooks/use-messages.js';
import { useQuery } from '../../hooks/use-query.js';
import { OVERVIEW } from './messages.js';

const HourTable = lazy<{ rows: readonly BreakdownRow[] | undefined }>(
  async () => (await import('./hour-table.js')).HourTable,
);

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
      <QueryState result={result}>
        {({ breakdowns }) => <HourTable rows={breakdowns.hour_of_week} />}
      </QueryState>
    </Panel>
  );
}
