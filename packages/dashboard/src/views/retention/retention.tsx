/** How many visitors come back in later weeks: each week's own as a row. */
import './retention.css';
import { Notes } from '../../components/notes.js';
import { Panel } from '../../components/panel.js';
import { Empty, QueryState } from '../../components/query-states.js';
import { ViewHeader } from '../../components/view-header.js';
import { useApp } from '../../hooks/app-context.js';
import { useMessages } from '../../hooks/use-messages.js';
import { useQuery } from '../../hooks/use-query.js';
import { cohortRows, weightedTotal } from './cohort-rows.js';
import { CohortTable } from './cohort-table.js';
import { RETENTION } from './messages.js';

const WEEKS = ['4', '8', '12'] as const;
const DEFAULT_WEEKS = '8';

export function Retention() {
  const messages = useMessages(RETENTION);
  const { urlState, go, site, timezone, format } = useApp();
  const weeks = WEEKS.find((one) => one === urlState.own.weeks) ?? DEFAULT_WEEKS;
  const from = `${7 * (Number(weeks) - 1)}d`;
  const result = useQuery('/retention', { site: site.id, from, timezone });
  return (
    <div class="retention">
      <ViewHeader title={messages.title}>
        <fieldset class="segments">
          <legend class="hidden-text">{messages.weeks}</legend>
          {WEEKS.map((one) => (
            <button
              key={one}
              type="button"
              aria-pressed={one === weeks}
              onClick={() => go({ own: { weeks: one === DEFAULT_WEEKS ? null : one } })}
            >
              {messages.of_weeks(format.number(Number(one)))}
            </button>
          ))}
        </fieldset>
      </ViewHeader>
      <QueryState result={result} lines={10}>
        {(data) => {
          const { cohorts } = data;
          const rows = cohortRows(cohorts);
          if (cohorts.every(({ visitors }) => visitors === 0)) return <Empty title={messages.no_visitors} />;
          return (
            <>
              {/* From when on weeks are known, the table says. */}
              <Notes of={data} without={['weeks_expired']} />
              {cohorts.some(({ complete }) => !complete) && (
                <p class="notice plain">{messages.up_to(format.number(site.retention_days))}</p>
              )}
              <Panel title={messages.came_back}>
                <p class="soft">{messages.came_back_hint}</p>
                <CohortTable rows={[...rows, weightedTotal(rows)]} />
              </Panel>
              <p class="soft footnote">
                {messages.from_raw} {messages.no_consent}
              </p>
            </>
          );
        }}
      </QueryState>
    </div>
  );
}
