/** How many visitors come back in later weeks: each week's own as a row. */
import './retention.css';
import { Notes } from '../../components/notes.js';
import { Panel } from '../../components/panel.js';
import { Empty, QueryState } from '../../components/query-states.js';
import { ViewHeader } from '../../components/view-header.js';
import { useApp } from '../../hooks/app-context.js';
import { useMessages } from '../../hooks/use-messages.js';
import { useQuery } from '../../hooks/use-query.js';
import { useUrlQuery } from '../../hooks/use-url-query.js';
import { cohortRows, weightedTotal } from './cohort-rows.js';
import { CohortTable } from './cohort-table.js';
import { RETENTION } from './messages.js';
import { COUNTS, fromOf, PERIODS, toPeriod } from './periods.js';

export function Retention() {
  const messages = useMessages(RETENTION);
  const { urlState, go, site, timezone, format } = useApp();
  const { to: _, ...query } = useUrlQuery();
  const period = toPeriod(urlState.own.period);
  const counts = COUNTS[period];
  const usual = counts[1];
  // As `weeks=12`.
  const name = `${period}s`;
  const count = counts.find((one) => one === urlState.own[name]) ?? usual;
  const from = fromOf(period, Number(count), timezone, Date.now());
  const result = useQuery('/retention', { ...query, from, period });
  return (
    <div class="retention">
      <ViewHeader title={messages.title}>
        <fieldset class="segments">
          <legend class="hidden-text">{messages.period}</legend>
          {PERIODS.map((one) => (
            <button
              key={one}
              type="button"
              aria-pressed={one === period}
              onClick={() => go({ own: { period: one === 'week' ? null : one } })}
            >
              {messages[`by_${one}`]}
            </button>
          ))}
        </fieldset>
        <fieldset class="segments">
          <legend class="hidden-text">{messages.count}</legend>
          {counts.map((one) => (
            <button
              key={one}
              type="button"
              aria-pressed={one === count}
              onClick={() => go({ own: { [name]: one === usual ? null : one } })}
            >
              {messages[`of_${period}s`](format.number(Number(one)))}
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
                <CohortTable rows={[...rows, weightedTotal(rows)]} period={period} />
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
