/** Whether visitors of one variant convert better than those of another, in plain words. */
import '../report-parts/report-parts.css';
import './experiments.css';
import { Notes } from '../../components/notes.js';
import { Panel } from '../../components/panel.js';
import { QueryState } from '../../components/query-states.js';
import { ViewHeader } from '../../components/view-header.js';
import { useApp } from '../../hooks/app-context.js';
import { useMessages } from '../../hooks/use-messages.js';
import { useQuery } from '../../hooks/use-query.js';
import { useUrlQuery } from '../../hooks/use-url-query.js';
import { Lesson } from '../report-parts/lesson.js';
import { ExperimentFields } from './experiment-fields.js';
import { ExperimentResult } from './experiment-result.js';
import { EXPERIMENTS } from './messages.js';

const EXAMPLE = "liveinsight('track', 'exposure', { variant: 'blue' });";

export function Experiments() {
  const messages = useMessages(EXPERIMENTS);
  const { urlState } = useApp();
  const { prop, event, goal, control, split } = urlState.own;
  const query = useUrlQuery();
  const result = useQuery(
    '/experiment',
    prop && goal ? { ...query, prop, event, goal, control, split } : undefined,
  );
  return (
    <div class="report">
      <ViewHeader title={messages.title} />
      <Panel title={messages.set_up}>
        <ExperimentFields variants={result.data?.variants.map(({ variant }) => variant) ?? []} />
        <p class="soft">{messages.begin}</p>
      </Panel>
      {prop && goal ? (
        <QueryState result={result} lines={8}>
          {(data) => (
            <>
              <Notes of={data} />
              <ExperimentResult data={data} />
            </>
          )}
        </QueryState>
      ) : (
        <Lesson title={messages.none_title} text={messages.none_text} code={EXAMPLE} />
      )}
    </div>
  );
}
