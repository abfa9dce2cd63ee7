/** The breakdowns by what they are about: one of each group is shown, as the URL says. */
import type { Breakdown } from '@liveinsight/schema';
import { DIMENSION_GROUPS, type DimensionGroup } from '../../series/dimension-groups.js';
import type { UrlState } from '../../url-state/url-state.js';

export const GROUPS = DIMENSION_GROUPS;
export type Group = DimensionGroup;

export const groupTabs = (group: Group): readonly Breakdown[] =>
  GROUPS.find(({ id }) => id === group)?.dimensions ?? [];

/** The tab of a group that the URL names, else the first. */
export function chosenTab(group: Group, own: UrlState['own']): Breakdown {
  const tabs = groupTabs(group);
  return tabs.find((tab) => tab === own[group]) ?? tabs[0] ?? 'page';
}
