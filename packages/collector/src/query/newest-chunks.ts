/** Chunks of what no segment holds: of the newest arrivals as the process holds them, and of the log before them. */
import type { Chunk } from '../columns/chunk.js';
import type { HeldArrivals } from '../columns/chunk-source.js';
import { withoutEvents } from '../columns/derive-chunk.js';
import { type ByteBudget, type ChunksContext, readGap } from './gap-chunks.js';
import type { Gap } from './segment-plan.js';

export interface NewestChunks {
  /** Of the log; undefined where all is held. */
  chunk: Chunk | undefined;
  /** Of what the process holds. */
  held: readonly Chunk[];
  /** Arrivals before this time (ms) are in: the gap's end, where it fitted. */
  to: number;
}

export interface NewestParts {
  budget: ByteBudget;
  /** Undefined where the gap is not of the newest arrivals, or none are held. */
  newest: HeldArrivals | undefined;
  /** Whether what arrived before the gap is in other chunks. */
  isParted: boolean;
}

export async function readNewest(
  context: ChunksContext,
  site: string,
  gap: Gap,
  { budget, newest, isParted }: NewestParts,
): Promise<NewestChunks> {
  const rows = newest?.rows;
  if (!rows || rows.from >= gap.to) return { ...(await readGap(context, site, gap, budget)), held: [] };
  // What is before is stored by column.
  if (isParted) rows.dropBefore(gap.from);
  const held = () => withoutEarlier(rows.chunks(), isParted ? gap.from : 0);
  if (rows.from <= gap.from) return { chunk: undefined, held: held(), to: gap.to };
  const { chunk, to } = await readGap(context, site, { ...gap, to: rows.from }, budget);
  // What is held goes on where the log was not read to.
  if (to < rows.from) return { chunk, held: [], to };
  const chunks = held();
  rows.prepend(chunk);
  return { chunk, held: chunks, to: gap.to };
}

const withoutEarlier = (chunks: Chunk[], time: number): Chunk[] =>
  chunks
    .filter(({ to }) => to > time)
    .map((chunk) => (chunk.from < time ? { ...withoutEvents(chunk, () => time), from: time } : chunk));
