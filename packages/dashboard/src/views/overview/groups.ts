/** The breakdowns by what they are about: one of each group is shown, as the URL says. */
import type { Breakdown } from '@liveinsight/schema';
import type { UrlState } from '../../url-state/url-state.js';

export const GROUPS = [
  { id: 'pages', tabs: ['page', 'entry_page', 'exit_page'] },
  {
    id: 'sources',
    tabs: [
      'source',
      'channel',
      'referrer',
      'utm_campaign',
      'utm_source',
      'utm_medium',
      'utm_term',
      'utm_content',
      'click_id',
    ],
  },
  { id: 'places', tabs: ['country', 'region', 'city', 'language'] },
  { id: 'devices', tabs: ['device', 'browser', 'os', 'screen', 'release'] },
  { id: 'behaviour', tabs: ['event_name', 'click_target', 'conversion_type'] },
] as const satisfies readonly { id: string; tabs: readonly Breakdown[] }[];

export type Group = (typeof GROUPS)[number]['id'];

export const groupTabs = (group: Group): readonly Breakdown[] =>
  GROUPS.find(({ id }) => id === group)?.tabs ?? [];

/** The tab of a group that the URL names, else the first. */
export function chosenTab(group: Group, own: UrlState['own']): Breakdown {
  const tabs = groupTabs(group);
  return tabs.find((tab) => tab === own[group]) ?? tabs[0] ?? 'page';
}
