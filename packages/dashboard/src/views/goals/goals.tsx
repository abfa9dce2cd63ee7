/** What visitors are to do: how many do, and which pages, campaigns and sources bring those who do. */
import '../report-parts/report-parts.css';
import './goals.css';
import type { Goal } from '@liveinsight/schema';
import { MutationError } from '../../components/mutation-error.js';
import { QueryState } from '../../components/query-states.js';
import { ViewHeader } from '../../components/view-header.js';
import { useApp } from '../../hooks/app-context.js';
import { useMessages } from '../../hooks/use-messages.js';
import { useMutation } from '../../hooks/use-mutation.js';
import { useQuery } from '../../hooks/use-query.js';
import { Lesson } from '../report-parts/lesson.js';
import { GoalBreakdown } from './goal-breakdown.js';
import { GoalCard } from './goal-card.js';
import { GoalForm } from './goal-form.js';
import { GoalSuggestions } from './goal-suggestions.js';
import { GOALS } from './messages.js';

export function Goals() {
  const messages = useMessages(GOALS);
  const { urlState, site, hrefTo, go, client } = useApp();
  const result = useQuery('/goals', { site: site.id });
  const change = useMutation(result.again);
  const { make, edit } = urlState.own;
  const close = () => go({ own: { make: null, edit: null } }, 'replace');
  const remove = ({ id }: Goal) =>
    change.run(async () => {
      await client.remove('goals', site.id, id);
      go({ own: { goal: null, edit: null } }, 'replace');
    });
  const saved = (id: string) => {
    result.again();
    go({ own: { make: null, edit: null, goal: id } }, 'replace');
  };
  return (
    <div class="report">
      <ViewHeader title={messages.title}>
        <a class="button primary" href={hrefTo({ own: { make: 'page:', edit: null } })}>
          + {messages.add}
        </a>
      </ViewHeader>
      <QueryState result={result} lines={8}>
        {({ goals }) => {
          const shown = goals.find(({ id }) => id === urlState.own.goal) ?? goals[0];
          const edited = goals.find(({ id }) => id === edit);
          return (
            <>
              {(make !== undefined || edited) && (
                <GoalForm
                  key={edited?.id ?? make}
                  goal={edited}
                  step={make ?? ''}
                  close={close}
                  saved={saved}
                />
              )}
              {goals.length === 0 && make === undefined && (
                <Lesson title={messages.none_title} text={messages.none_text}>
                  <GoalSuggestions />
                </Lesson>
              )}
              {goals.length > 0 && (
                <ul class="goal-cards" aria-label={messages.title}>
                  {goals.map((goal) => (
                    <GoalCard
                      key={`${goal.id} ${goal.version}`}
                      goal={goal}
                      isShown={goal.id === shown?.id}
                      remove={() => remove(goal)}
                    />
                  ))}
                </ul>
              )}
              <MutationError change={change} done="" />
              {shown && <GoalBreakdown key={`${shown.id} ${shown.version}`} goal={shown} />}
            </>
          );
        }}
      </QueryState>
    </div>
  );
}
