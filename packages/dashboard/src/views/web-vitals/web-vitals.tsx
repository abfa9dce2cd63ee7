/** How fast pages load and respond, and where they don't. */
import '../report-parts/report-parts.css';
import './web-vitals.css';
import type { Breakdown, WebVital, WebVitalsData } from '@liveinsight/schema';
import { Notes } from '../../components/notes.js';
import { Panel } from '../../components/panel.js';
import { QueryState } from '../../components/query-states.js';
import { ViewHeader } from '../../components/view-header.js';
import { useApp } from '../../hooks/app-context.js';
import { useMessages } from '../../hooks/use-messages.js';
import { useQuery } from '../../hooks/use-query.js';
import { useUrlQuery } from '../../hooks/use-url-query.js';
import { BreakdownPicker, chosenBreakdown } from '../report-parts/breakdown-picker.js';
import { Lesson } from '../report-parts/lesson.js';
import { useComparedQuery } from '../report-parts/use-compared-query.js';
import { Distribution } from './distribution.js';
import { VITALS } from './messages.js';
import { VitalCard } from './vital-card.js';
import { VitalRows } from './vital-rows.js';

const BY: readonly [Breakdown, ...Breakdown[]] = ['page', 'device', 'release', 'country', 'browser'];
const EXAMPLE = '<script async src="/liveinsight.extended.js" data-site="shop"></script>';

export function WebVitals() {
  const messages = useMessages(VITALS);
  const { urlState } = useApp();
  const by = chosenBreakdown(BY, urlState.own.by);
  const result = useQuery('/web-vitals', { ...useUrlQuery(), breakdown: by, limit: '1000' });
  const compared = useComparedQuery();
  const { data: before } = useQuery('/web-vitals', compared);
  return (
    <div class="report">
      <ViewHeader title={messages.title} />
      <QueryState result={result} lines={10}>
        {(data) =>
          data.metrics.length === 0 ? (
            <Lesson title={messages.none_title} text={messages.none_text} code={EXAMPLE} />
          ) : (
            <Report data={data} before={compared && before} by={by} />
          )
        }
      </QueryState>
    </div>
  );
}

interface ReportProps {
  data: WebVitalsData;
  before: WebVitalsData | undefined;
  by: Breakdown;
}

function Report({ data, before, by }: ReportProps) {
  const messages = useMessages(VITALS);
  const { urlState } = useApp();
  const of = (from: readonly WebVital[], metric: string | undefined) =>
    from.find((one) => one.metric === metric);
  const chosen = of(data.metrics, urlState.own.metric) ?? data.metrics[0];
  return (
    <>
      <Notes of={data} />
      <ul class="vitals" aria-label={messages.title}>
        {data.metrics.map((vital) => (
          <VitalCard
            key={vital.metric}
            vital={vital}
            before={before && of(before.metrics, vital.metric)}
            isChosen={vital === chosen}
          />
        ))}
      </ul>
      {chosen && (
        <Panel title={messages.distribution(chosen.metric)}>
          <Distribution vital={chosen} />
        </Panel>
      )}
      {chosen && (
        <Panel title={messages.worst(chosen.metric)}>
          <BreakdownPicker offered={BY} chosen={by} />
          {/* Until the answer by the chosen one is there, the rows are by the former. */}
          <VitalRows
            key={`${chosen.metric} ${data.breakdown}`}
            metric={chosen.metric}
            by={chosenBreakdown(BY, data.breakdown)}
            rows={data.rows ?? []}
          />
        </Panel>
      )}
    </>
  );
}
