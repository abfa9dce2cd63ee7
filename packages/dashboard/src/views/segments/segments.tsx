/** Filters with a name: renamed, deleted, and two of them compared. */
import '../report-parts/report-parts.css';
import './segments.css';
import type { SavedSegment } from '@liveinsight/schema';
import { MutationError } from '../../components/mutation-error.js';
import { Panel } from '../../components/panel.js';
import { QueryState } from '../../components/query-states.js';
import { ViewHeader } from '../../components/view-header.js';
import { useApp } from '../../hooks/app-context.js';
import { useMessages } from '../../hooks/use-messages.js';
import { useMutation } from '../../hooks/use-mutation.js';
import { useQuery } from '../../hooks/use-query.js';
import { Lesson } from '../report-parts/lesson.js';
import { CompareSegments } from './compare-segments.js';
import { SEGMENTS } from './messages.js';
import { SegmentRow } from './segment-row.js';

export function Segments() {
  const messages = useMessages(SEGMENTS);
  const { site, client } = useApp();
  const result = useQuery('/segments', { site: site.id });
  const change = useMutation(result.again);
  const rename = ({ id, filters, version }: SavedSegment, name: string) =>
    change.run(() => client.put('segments', site.id, { name, filters, version }, id));
  const remove = ({ id }: SavedSegment) => change.run(() => client.remove('segments', site.id, id));
  return (
    <div class="report">
      <ViewHeader title={messages.title} />
      <QueryState result={result} lines={6}>
        {({ segments }) =>
          segments.length === 0 ? (
            <Lesson title={messages.none_title} text={messages.none_text} />
          ) : (
            <>
              <Panel title={messages.saved}>
                <ul class="segment-list" aria-label={messages.saved}>
                  {segments.map((segment) => (
                    <SegmentRow
                      key={`${segment.id} ${segment.version}`}
                      segment={segment}
                      rename={(name) => rename(segment, name)}
                      remove={() => remove(segment)}
                    />
                  ))}
                </ul>
                <MutationError change={change} done="" />
              </Panel>
              <CompareSegments segments={segments} />
            </>
          )
        }
      </QueryState>
    </div>
  );
}
