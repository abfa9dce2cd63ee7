import type { StatsData } from '@liveinsight/schema';

/** Whether the totals are of a part of the range, or estimates from a part of the visitors. */
export const isKnownInPart = ({ known_from, sample }: StatsData): boolean =>
  known_from !== undefined || sample !== undefined;
