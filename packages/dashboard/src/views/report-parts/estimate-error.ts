/** How far an estimate may be off. Pure. */
import type { CodedNote } from '@liveinsight/schema';

/**
 * Of a row that is counted from a part of the visitors, each taken or left by chance.
 *
 * @returns undefined where all are counted
 */
export function estimateError(notes: readonly CodedNote[] | undefined, count: number): number | undefined {
  const share = notes?.find(({ code }) => code === 'rows_estimated')?.count;
  return share === undefined ? undefined : Math.sqrt(count * (share - 1));
}
