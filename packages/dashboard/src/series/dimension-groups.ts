/** Dimensions by what they are about. */
import type { Breakdown } from '@liveinsight/schema';

export const DIMENSION_GROUPS = [
  { id: 'pages', dimensions: ['page', 'entry_page', 'exit_page'] },
  {
    id: 'sources',
    dimensions: [
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
  { id: 'places', dimensions: ['country', 'region', 'city', 'language'] },
  { id: 'devices', dimensions: ['device', 'browser', 'os', 'screen', 'release', 'visitor_type'] },
  { id: 'behaviour', dimensions: ['event_name', 'click_target', 'conversion_type'] },
] as const satisfies readonly { id: string; dimensions: readonly Breakdown[] }[];

export type DimensionGroup = (typeof DIMENSION_GROUPS)[number]['id'];

export const groupOf = (by: Breakdown): DimensionGroup | undefined =>
  DIMENSION_GROUPS.find(({ dimensions }) => dimensions.some((one) => one === by))?.id;
