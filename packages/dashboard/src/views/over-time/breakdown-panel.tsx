/** The breakdowns of one group, one at a time: a click on a row makes a filter of it. */
import type { StatsData } from '@liveinsight/schema';
import type { Query } from '../../api/client.js';
import { useApp } from '../../app/context.js';
import { BreakdownTable } from '../../parts/breakdown-table.js';
import { Panel } from '../../parts/panel.js';
import { Loading } from '../../parts/states.js';
import { Tabs } from '../../parts/tabs.js';
import { BREAKDOWN_NAMES } from '../../words/breakdown-names.js';
import { useWords } from '../../words/use-words.js';
import { chosenOf, type Group, tabsOf } from './groups.js';
import { OVER_TIME } from './words.js';

interface BreakdownPanelProps {
  group: Group;
  data: StatsData;
  query: Query;
}

export function BreakdownPanel({ group, data, query }: BreakdownPanelProps) {
  const words = useWords(OVER_TIME);
  const names = useWords(BREAKDOWN_NAMES);
  const { address, go } = useApp();
  const by = chosenOf(group, address.own);
  // A tab that was just chosen is not answered yet.
  const rows = data.breakdowns[by];
  return (
    <Panel
      class="breakdown"
      title={words[group]}
      aside={
        <Tabs
          label={words[group]}
          tabs={tabsOf(group).map((id) => ({ id, title: names[id] }))}
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
