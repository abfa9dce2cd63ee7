/** Parts of a round that fail are marked and passed: no hour, day or month keeps those after it from being rolled up. */

import type { UndecodableBatch } from '../storage/event-store.js';
import type { DayMark } from '../storage/rollup-store.js';
import { utcDay } from '../time/ms.js';
import type { RollupContext, RollupSite } from './rollup-context.js';

export interface Part {
  kind: 'hour' | 'day' | 'month';
  shard: number;
  start: number;
}

const toPartName = ({ kind, shard, start }: Part): string =>
  `${kind} ${shard} ${new Date(start).toISOString()}`;

/**
 * Marks a part for the next round, and reports it. Rejects where it can be neither marked nor reported: then it must not be
 * passed.
 */
export async function markFailed(
  context: RollupContext,
  site: RollupSite,
  part: Part,
  error: unknown,
): Promise<void> {
  if (!context.onFailure) throw error;
  await context.rollups.markDay(site.id, {
    day: utcDay(part.start),
    cause: 'failed',
    marked_at: context.rollups.now(),
    part: toPartName(part),
    error: toErrorMessage(error),
  });
  context.onFailure({ site: site.id, part: toPartName(part), error });
}

/** Notes which batches of an hour's log cannot be read: trying again would not help, but somebody should look. */
export async function noteUndecodable(
  context: RollupContext,
  site: RollupSite,
  { shard, start }: Omit<Part, 'kind'>,
  batches: UndecodableBatch[],
): Promise<void> {
  const [first] = batches;
  if (!first) return;
  const { session_id, batch, reason } = first;
  await context.rollups.markDay(site.id, {
    day: utcDay(start),
    cause: 'failed',
    marked_at: context.rollups.now(),
    part: `log ${shard} ${new Date(start).toISOString()}`,
    error: `${batches.length} batches cannot be read, as ${batch} of session ${session_id}: ${reason}`,
  });
}

/** The part that a mark is about; undefined where it is none that can be tried again. */
export function parsePart({ part = '' }: DayMark): Part | undefined {
  const [kind, shard, start = ''] = part.split(' ');
  const startMs = Date.parse(start);
  if ((kind !== 'hour' && kind !== 'day' && kind !== 'month') || Number.isNaN(startMs)) return undefined;
  return { kind, shard: Number(shard), start: startMs };
}

export const toErrorMessage = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);
