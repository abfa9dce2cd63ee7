/** Before a funnel is chosen: those that are saved, and some to begin with, all with their numbers. */
import { Empty } from '../../components/query-states.js';
import { readablePath } from '../../format/path.js';
import { useApp } from '../../hooks/app-context.js';
import { useMessages } from '../../hooks/use-messages.js';
import { useQuery } from '../../hooks/use-query.js';
import { useUrlQuery } from '../../hooks/use-url-query.js';
import { FunnelCard } from './funnel-card.js';
import { FUNNELS } from './messages.js';
import { formatSteps, fromStoredSteps, type Step } from './steps.js';

export function OverviewOfFunnels() {
  const messages = useMessages(FUNNELS);
  const { site, hrefTo } = useApp();
  const query = useUrlQuery();
  const saved = useQuery('/funnels', { site: site.id }).data?.funnels ?? [];
  const suggestions = useSuggestions();
  const card = (key: string, title: string, steps: readonly Step[], funnel: string | null) => {
    const { step_within } = formatSteps(steps);
    return (
      <FunnelCard
        key={key}
        title={<bdi>{title}</bdi>}
        href={hrefTo({
          own: { steps: formatSteps(steps).steps, step_within: step_within || null, funnel },
        })}
        query={{
          ...query,
          steps: steps.map(({ kind, value }) => `${kind}:${value}`),
          step_within: step_within || undefined,
        }}
      />
    );
  };
  return (
    <div class="funnel-result">
      <section class="panel">
        <Empty title={messages.start}>
          <p>{messages.start_hint}</p>
        </Empty>
      </section>
      <div class="funnel-cards">
        {saved.map((funnel) => card(funnel.id, funnel.name, fromStoredSteps(funnel), funnel.id))}
        {suggestions.map((steps) => {
          const names = steps.map(({ value }) => readablePath(value));
          return card(names.join(' '), messages.example(names.join(' → ')), steps, null);
        })}
      </div>
    </div>
  );
}

/** From where most visits begin to what they are worth, directly and by the page that most of them see on the way. */
function useSuggestions(): Step[][] {
  const query = useUrlQuery();
  const { data } = useQuery('/stats', {
    ...query,
    breakdown: ['entry_page', 'page', 'conversion_type'],
    limit: '4',
  });
  const { entry_page = [], page = [], conversion_type = [] } = data?.breakdowns ?? {};
  const entry = entry_page[0]?.value;
  const [first, second] = page
    .map(({ value }) => value)
    .filter((value) => value !== entry && value !== '(other)');
  const goal = conversion_type[0]?.value;
  if (entry === undefined || entry === '(other)') return [];
  const visit = (value: string): Step => ({ kind: 'page', value, within: '' });
  const end: Step[] =
    goal === undefined || goal === '(other)' ? [] : [{ kind: 'event', value: goal, within: '' }];
  return [
    [visit(entry), ...end],
    ...(first === undefined ? [] : [[visit(entry), visit(first), ...end]]),
    ...(first === undefined || second === undefined ? [] : [[visit(first), visit(second), ...end]]),
  ].filter(({ length }) => length > 1);
}
