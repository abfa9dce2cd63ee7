/** What was bought: totals, over time, by what brought it, and what it is owed to. */
import '../report-parts/report-parts.css';
import type { RevenueData } from '@liveinsight/schema';
import { Notes } from '../../components/notes.js';
import { Panel } from '../../components/panel.js';
import { QueryState } from '../../components/query-states.js';
import { Tabs } from '../../components/tabs.js';
import { ViewHeader } from '../../components/view-header.js';
import { useApp } from '../../hooks/app-context.js';
import { useMessages } from '../../hooks/use-messages.js';
import { useQuery } from '../../hooks/use-query.js';
import { useUrlQuery } from '../../hooks/use-url-query.js';
import { Lesson } from '../report-parts/lesson.js';
import { useComparedQuery } from '../report-parts/use-compared-query.js';
import { AttributionPanel } from './attribution-panel.js';
import { REVENUE } from './messages.js';
import { MAX_ROWS, OrdersTable } from './orders-table.js';
import { RevenueFigures } from './revenue-figures.js';

const EXAMPLE =
  "liveinsight('conversion', 'purchase',\n  { value: 12.5, currency: 'EUR', props: { product: 'socks' } });";

export function Revenue() {
  const messages = useMessages(REVENUE);
  const { urlState } = useApp();
  const by = urlState.own.by ?? 'source';
  const asked = { breakdown: by, currency: urlState.own.currency, limit: String(MAX_ROWS) };
  const result = useQuery('/revenue', { ...useUrlQuery(), ...asked });
  const compared = useComparedQuery();
  const { data: before } = useQuery('/revenue', compared && { ...compared, ...asked });
  return (
    <div class="report">
      <ViewHeader title={messages.title} />
      <QueryState result={result} lines={10}>
        {(data) =>
          data.totals.length === 0 ? (
            <>
              <Notes of={data} />
              <Lesson title={messages.none_title} text={messages.none_text} code={EXAMPLE} />
            </>
          ) : (
            <Report data={data} before={compared && before} />
          )
        }
      </QueryState>
    </div>
  );
}

function Report({ data, before }: { data: RevenueData; before: RevenueData | undefined }) {
  const messages = useMessages(REVENUE);
  const { urlState, go } = useApp();
  const { totals } = data;
  const total = totals.find(({ currency }) => currency === urlState.own.currency) ?? totals[0];
  if (!total) return null;
  const report = urlState.own.report === 'attribution' ? 'attribution' : 'orders';
  return (
    <>
      <Notes of={data} />
      <RevenueFigures total={total} totals={totals} before={before?.totals} />
      <Panel
        title={messages.reports}
        aside={
          <Tabs
            label={messages.reports}
            tabs={[
              { id: 'orders', title: messages.by_order },
              { id: 'attribution', title: messages.attribution },
            ]}
            chosen={report}
            choose={(id) => go({ own: { report: id === 'orders' ? null : id, by: null } }, 'replace')}
          />
        }
      >
        {report === 'orders' ? (
          <OrdersTable data={data} before={before} currency={total.currency} />
        ) : (
          <AttributionPanel currency={total.currency} />
        )}
      </Panel>
    </>
  );
}
