/** How far sessions come on a way of steps: built here, shared by its URL, kept for everybody. */
import './funnels.css';
import { QueryState } from '../../components/query-states.js';
import { ViewHeader } from '../../components/view-header.js';
import { useApp } from '../../hooks/app-context.js';
import { useMessages } from '../../hooks/use-messages.js';
import { useQuery } from '../../hooks/use-query.js';
import { useUrlQuery } from '../../hooks/use-url-query.js';
import { Builder } from './builder.js';
import { FUNNELS } from './messages.js';
import { OverviewOfFunnels } from './overview-of-funnels.js';
import { Result } from './result.js';
import { SavedFunnels } from './saved-funnels.js';
import { formatSteps, isComplete, parseSteps } from './steps.js';

export function Funnels() {
  const messages = useMessages(FUNNELS);
  const { urlState } = useApp();
  const query = useUrlQuery();
  const { within } = urlState.own;
  const steps = parseSteps(urlState.own);
  const isAsked = isComplete(steps);
  const { step_within } = formatSteps(steps);
  const asked = {
    ...query,
    steps: steps.map(({ kind, value }) => `${kind}:${value}`),
    within: within || undefined,
    step_within: step_within || undefined,
  };
  const result = useQuery('/funnel', isAsked ? asked : undefined);
  return (
    <div class="funnels">
      <ViewHeader title={messages.title} />
      <div class="funnel-parts">
        <div class="funnel-side">
          <Builder steps={steps} />
          <SavedFunnels steps={steps} />
        </div>
        {isAsked ? (
          <QueryState result={result} lines={10}>
            {(data) => <Result data={data} asked={asked} />}
          </QueryState>
        ) : (
          <OverviewOfFunnels />
        )}
      </div>
    </div>
  );
}
