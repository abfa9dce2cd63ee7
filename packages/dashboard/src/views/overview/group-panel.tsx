/** The breakdowns of one group, one at a time, as the URL says. */
import type { Breakdown, StatsData } from '@liveinsight/schema';
import type { Query } from '../../api/client.js';
import { BreakdownPanel } from '../../components/breakdown-panel.js';
import { useApp } from '../../hooks/app-context.js';
import { useMessages } from '../../hooks/use-messages.js';
import { BREAKDOWN_NAMES } from '../../i18n/breakdown-names.js';
import { MAP_MESSAGES } from '../../i18n/map-messages.js';
import { TABLE_MESSAGES } from '../../i18n/table-messages.js';
import { MapOutlet } from '../../map/outlet.js';
import { chosenTab, type Group, groupTabs } from './groups.js';
import { TAB_NAMES } from './messages.js';

interface GroupPanelProps {
  group: Group;
  data: StatsData;
  query: Query;
}

/** Beside the dimensions of places. */
const MAP = 'map';

export function GroupPanel({ group, data, query }: GroupPanelProps) {
  const messages = useMessages(TABLE_MESSAGES);
  const names = useMessages(BREAKDOWN_NAMES);
  // Within its group a tab can be shorter than the column's name.
  const tabs: Partial<Record<Breakdown, string>> = useMessages(TAB_NAMES);
  const { tab: mapTitle } = useMessages(MAP_MESSAGES);
  const { urlState, go } = useApp();
  const isMap = group === 'places' && urlState.own.places === MAP;
  return (
    <BreakdownPanel
      title={messages[group]}
      by={chosenTab(group, urlState.own)}
      data={data}
      query={query}
      tabs={[
        ...groupTabs(group).map((id) => ({ id, title: tabs[id] ?? names[id] })),
        ...(group === 'places' ? [{ id: MAP, title: mapTitle }] : []),
      ]}
      picture={
        isMap ? { tab: MAP, content: <MapOutlet query={query} own={{ places: 'region' }} /> } : undefined
      }
      choose={(tab) => go({ own: { [group]: tab } }, 'replace')}
    />
  );
}
