/** How many visitors come back in later weeks: each week's own as a row. */
import './retention.css';
import { useRead } from '../../api/use-read.js';
import { useApp } from '../../app/context.js';
import { Notes } from '../../parts/notes.js';
import { Panel } from '../../parts/panel.js';
import { Answered, Empty } from '../../parts/states.js';
import { ViewHead } from '../../parts/view-head.js';
import { useWords } from '../../words/use-words.js';
import { allTogether, cohortRows } from './cohort-rows.js';
import { CohortTable } from './cohort-table.js';
import { RETENTION } from './words.js';

const WEEKS = ['4', '8', '12'] as const;
const DEFAULT_WEEKS = '8';

export function Retention() {
  const words = useWords(RETENTION);
  const { address, go, site, timezone, format } = useApp();
  const weeks = WEEKS.find((one) => one === address.own.weeks) ?? DEFAULT_WEEKS;
  const from = `${7 * (Number(weeks) - 1)}d`;
  const answer = useRead('/retention', { site: site.id, from, timezone });
  return (
    <div class="retention">
      <ViewHead title={words.title}>
        <fieldset class="segments">
          <legend class="hidden-text">{words.weeks}</legend>
          {WEEKS.map((one) => (
            <button
              key={one}
              type="button"
              aria-pressed={one === weeks}
              onClick={() => go({ own: { weeks: one === DEFAULT_WEEKS ? null : one } })}
            >
              {words.of_weeks(format.number(Number(one)))}
            </button>
          ))}
        </fieldset>
      </ViewHead>
      <Answered answer={answer} lines={10}>
        {(data) => {
          const { cohorts } = data;
          const rows = cohortRows(cohorts);
          if (cohorts.every(({ visitors }) => visitors === 0)) return <Empty title={words.nobody} />;
          return (
            <>
              {/* From when on weeks are known, the table says. */}
              <Notes of={data} without={['weeks_expired']} />
              {cohorts.some(({ complete }) => !complete) && (
                <p class="notice plain">{words.up_to(format.number(site.retention_days))}</p>
              )}
              <Panel title={words.came_back}>
                <p class="soft">{words.came_back_hint}</p>
                <CohortTable rows={[...rows, allTogether(rows)]} />
              </Panel>
              <p class="soft footnote">
                {words.from_raw} {words.no_consent}
              </p>
            </>
          );
        }}
      </Answered>
    </div>
  );
}
