/** Rules for what is left out of the numbers, and how many events each has left out. */
import '../report-parts/report-parts.css';
import type { Exclusion, RejectionsData } from '@liveinsight/schema';
import { ConfirmButton } from '../../components/confirm-button.js';
import { DataTable } from '../../components/data-table.js';
import { MutationError } from '../../components/mutation-error.js';
import { Panel } from '../../components/panel.js';
import { Empty, QueryState } from '../../components/query-states.js';
import { ViewHeader } from '../../components/view-header.js';
import { useApp } from '../../hooks/app-context.js';
import { useMessages } from '../../hooks/use-messages.js';
import { useMutation } from '../../hooks/use-mutation.js';
import { useQuery } from '../../hooks/use-query.js';
import { SHELL_MESSAGES } from '../../i18n/shell-messages.js';
import { countExcluded } from './count-excluded.js';
import { ExclusionForm } from './exclusion-form.js';
import { EXCLUSIONS } from './messages.js';
import { OwnBrowser } from './own-browser.js';

const POLL_MS = 15_000;
const RANGE = '7d';

export function Exclusions() {
  const messages = useMessages(EXCLUSIONS);
  const { site } = useApp();
  const rules = useQuery('/exclusions', { site: site.id }, { everyMs: POLL_MS });
  const counts = useQuery('/rejections', { site: site.id, from: RANGE }, { everyMs: POLL_MS });
  return (
    <div class="report">
      <ViewHeader title={messages.title} />
      <p class="soft">{messages.intro}</p>
      <OwnBrowser />
      <Panel title={messages.rules}>
        <QueryState result={rules} lines={4}>
          {({ exclusions }) => <RuleTable rules={exclusions} counts={counts.data} after={rules.again} />}
        </QueryState>
        <ExclusionForm after={rules.again} />
      </Panel>
    </div>
  );
}

interface RuleTableProps {
  rules: readonly Exclusion[];
  counts: RejectionsData | undefined;
  after(): void;
}

function RuleTable({ rules, counts, after }: RuleTableProps) {
  const messages = useMessages(EXCLUSIONS);
  const shell = useMessages(SHELL_MESSAGES);
  const { client, site, format } = useApp();
  const change = useMutation(after);
  if (rules.length === 0) return <Empty title={messages.none} />;
  const remove = ({ id }: Exclusion) => change.run(() => client.remove('exclusions', site.id, id));
  return (
    <>
      <MutationError change={change} done="" />
      <DataTable
        name={messages.rules}
        rows={rules}
        rowKey={({ id }) => id}
        columns={[
          {
            id: 'value',
            label: messages.value,
            value: ({ value }) => value,
            show: ({ value }) => <bdi>{value}</bdi>,
          },
          { id: 'by', label: messages.by, value: ({ by }) => messages[by] },
          { id: 'name', label: messages.name, value: ({ name = '' }) => name },
          {
            id: 'count',
            label: messages.left_out,
            isNumber: true,
            value: (rule) => counts && countExcluded(counts, rule),
            show: (rule) => (counts ? format.number(countExcluded(counts, rule)) : '–'),
          },
          {
            id: 'remove',
            label: shell.remove,
            value: () => '',
            show: (rule) => (
              <ConfirmButton label={messages.remove(rule.value)} confirm={() => remove(rule)} />
            ),
          },
        ]}
      />
      {counts && <p class="soft">{messages.counted_since(format.moment(counts.known_from))}</p>}
    </>
  );
}
