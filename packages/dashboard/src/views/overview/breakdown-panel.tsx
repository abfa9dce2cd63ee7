/** The breakdowns of one group, one at a time: a click on a row makes a filter of it. */
import type { Breakdown, StatsData } from '@liveinsight/schema';
import type { Query } from '../../api/client.js';
import { BreakdownTable } from '../../components/breakdown-table.js';
import { Panel } from '../../components/panel.js';
import { Loading } from '../../components/query-states.js';
import { Tabs } from '../../components/tabs.js';
import { useApp } from '../../hooks/app-context.js';
import { useMessages } from '../../hooks/use-messages.js';
import { BREAKDOWN_NAMES } from '../../i18n/breakdown-names.js';
import { chosenTab, type Group, groupTabs } from './groups.js';
import { OVERVIEW, TAB_NAMES } from './messages.js';

interface BreakdownPanelProps {
  group: Group;
  data: StatsData;
  query: Query;
}

export function BreakdownPanel({ group, data, query }: BreakdownPanelProps) {
  const messages = useMessages(OVERVIEW);
  const names = useMessages(BREAKDOWN_NAMES);
  // Within its group a tab can be shorter than the column's name.
  const tabs: Partial<Record<Breakdown, string>> = useMessages(TAB_NAMES);
  const { urlState, go } = useApp();
  const by = chosenTab(group, urlState.own);
  // A tab that was just chosen is not answered yet.
  const rows = data.breakdowns[by];
  return (
    <Panel
      class="breakdown"
      title={messages[group]}
      aside={
        <Tabs
          label={messages[group]}
          tabs={groupTabs(group).map((id) => ({ id, title: tabs[id] ?? names[id] }))}
          chosen={by}
          choose={(tab) => go({ own: { [group]: tab } }, 'replace')}
        />
      }
    >
      {rows ? (
        <BreakdownTable key={by} by={by} rows={rows} count={data.row_counts[by] ?? 0} query={query} />
      ) : (
        <Loading lines={5} />
      )}
    </Panel>
  );
}
