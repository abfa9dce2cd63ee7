/** How many events a rule has left out, by the reasons that the collector counts. Pure. */
import type { Exclusion, RejectionsData } from '@liveinsight/schema';

/** The collector cuts long reasons. */
const MAX_PATH_CHARS = 200;

export function countExcluded(
  { rejections }: Pick<RejectionsData, 'rejections'>,
  { by, value }: Pick<Exclusion, 'by' | 'value'>,
): number {
  const path = `${by} ${value}`.slice(0, MAX_PATH_CHARS);
  return rejections.reduce(
    (sum, { code, path: reason, count }) => (code === 'excluded' && reason === path ? sum + count : sum),
    0,
  );
}
