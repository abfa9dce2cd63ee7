/** Chunks from the raw log, as far as it is stored, bounded in cost. */
import { MAX_LOG_CHUNK_EVENTS, MAX_READ_BYTES } from '../budgets.js';
import type { Chunk } from '../columns/chunk.js';
import { createChunkBuilder } from '../columns/chunk-builder.js';
import type { ChunkSource } from '../columns/chunk-source.js';
import { visitNewestBatches } from '../event-log/read-newest.js';
import { CLOCK_MARGIN_MS, expiredNote } from '../event-log/retention-window.js';
import { createNote, type Note } from '../notes.js';
import type { RollupContext } from '../rollup/rollup-context.js';
import { DAY_MS } from '../time/ms.js';

export interface LogBudget {
  /** Batches read at most, the newest. */
  batches: number;
  /** JSON text of them. */
  bytes: number;
}

const DEFAULT_BUDGET: LogBudget = { batches: 20_000, bytes: MAX_READ_BYTES };

/** Batches become columns page by page, so that no more than these are held. Their groups are there whether asked for or not. */
export const logChunks =
  ({ events, rollups, hash, countBots }: RollupContext, budget = DEFAULT_BUDGET): ChunkSource =>
  async (site, { from, to }) => {
    const now = rollups.now();
    const retainedFrom = now - site.retentionDays * DAY_MS;
    const range = { from: Math.max(from, retainedFrom), to: Math.min(to, now + CLOCK_MARGIN_MS) };
    const createBuilder = () => createChunkBuilder({ hash, countBots, from, to });
    const chunks: Chunk[] = [];
    let builder = createBuilder();
    const limits = { limit: budget.batches, maxBytes: budget.bytes };
    const { truncated, begins } = await visitNewestBatches(events, site, { ...range, ...limits }, (batch) => {
      if (builder.events >= MAX_LOG_CHUNK_EVENTS) {
        chunks.push(builder.build());
        builder = createBuilder();
      }
      builder.add(batch);
    });
    chunks.push(builder.build());
    return {
      async *chunks() {
        yield* chunks;
      },
      asOf: now,
      notes: toNotes(begins, { truncated, expired: from < retainedFrom }, budget),
      ...(begins > from ? { knownFrom: begins } : {}),
    };
  };

function toNotes(
  begins: number,
  { truncated, expired }: { truncated: boolean; expired: boolean },
  { batches: limit, bytes }: LogBudget,
): Note[] {
  if (!truncated) return expired ? [expiredNote(begins)] : [];
  const at = new Date(begins).toISOString();
  const message = `truncated: at most ${limit} batches and ${bytes >> 20} MB of raw events are read (events since ${at})`;
  return [createNote('raw_events_cut', message, { at, limit })];
}
