/** One goal: how many sessions reach it, against the compared period. */
import type { Goal, StatsData } from '@liveinsight/schema';
import { Bars } from '../../components/bars.js';
import { ConfirmButton } from '../../components/confirm-button.js';
import { QueryState } from '../../components/query-states.js';
import { readablePath } from '../../format/path.js';
import { useApp } from '../../hooks/app-context.js';
import { useMessages } from '../../hooks/use-messages.js';
import { useQuery } from '../../hooks/use-query.js';
import { useUrlQuery } from '../../hooks/use-url-query.js';
import { compareQuery } from '../../url-state/compare.js';
import { relative } from '../report-parts/change.js';
import { Change } from '../report-parts/figures.js';
import { REPORT_MESSAGES } from '../report-parts/messages.js';
import { Term } from '../report-parts/term.js';
import { GOALS } from './messages.js';

interface GoalCardProps {
  goal: Goal;
  isShown: boolean;
  remove(): void;
}

export function GoalCard({ goal, isShown, remove }: GoalCardProps) {
  const messages = useMessages(GOALS);
  const { urlState, hrefTo } = useApp();
  const result = useQuery('/stats', {
    ...useUrlQuery(),
    ...compareQuery(urlState.compare),
    goal: goal.id,
    breakdown: '',
  });
  return (
    <li class={isShown ? 'goal-card shown' : 'goal-card'}>
      <header>
        <a class="cut" href={hrefTo({ own: { goal: goal.id } })} aria-current={isShown ? 'true' : undefined}>
          <bdi>{goal.name}</bdi>
        </a>
        <a
          class="quiet"
          href={hrefTo({ own: { edit: goal.id, make: null } })}
          aria-label={`${messages.edit}: ${goal.name}`}
        >
          {messages.edit}
        </a>
        <ConfirmButton label={messages.remove(goal.name)} confirm={remove} />
      </header>
      <p class="soft cut">
        <bdi>{describeGoal(goal)}</bdi>
      </p>
      <QueryState result={result} lines={2}>
        {(data) => <Rate goal={goal} data={data} />}
      </QueryState>
    </li>
  );
}

function Rate({ goal, data }: { goal: Goal; data: StatsData }) {
  const messages = useMessages(GOALS);
  const { format } = useApp();
  const { totals, previous, series } = data;
  const { conversions, conversion_rate, sessions, goal_value } = totals;
  const report = useMessages(REPORT_MESSAGES);
  const error = data.standard_errors?.conversion_rate;
  const change = relative(conversion_rate, previous?.totals.conversion_rate);
  const amounts = Object.keys(goal_value ?? {}).length > 0 && goal_value ? format.moneys(goal_value) : '';
  return (
    <>
      <p class="goal-rate">
        <b>{conversion_rate === null ? '–' : format.percent(conversion_rate)}</b>
        {error != null && (
          <span class="soft" title={report.estimate}>
            {' '}
            ± {format.percent(error)}
          </span>
        )}
        {change !== undefined && <Change change={change} better="more" />}
        {amounts && <span class="money">{amounts}</span>}
      </p>
      <p class="soft">
        <Term name={messages.rate} definition={messages.rate_means} />
        {conversions !== null &&
          sessions !== null &&
          ` · ${messages.of_sessions(format.number(conversions), format.number(sessions))}`}
      </p>
      {series.every((point) => point.conversions !== null) && (
        <Bars
          class="goal-bars"
          label={goal.name}
          bars={series.map((point) => ({
            name: `${format.fullInterval(point.start, data.interval)}: ${format.number(point.conversions ?? 0)}`,
            value: point.conversions ?? 0,
          }))}
        />
      )}
    </>
  );
}

/** What it takes, in the signs that filters are written in. */
function describeGoal({ page, event, conversion, scroll_pct, properties = {} }: Goal): string {
  const conditions = Object.entries(properties).flatMap(([key, values]) =>
    [values].flat().map((value) => `${key} ${value}`),
  );
  return [
    event ?? conversion ?? (scroll_pct === undefined ? '' : `≥ ${scroll_pct} %`),
    page === undefined ? '' : readablePath(page),
    ...conditions,
  ]
    .filter(Boolean)
    .join(' · ');
}
