/** The columns of a day while its log is read: what is too much to be held in memory is written on the way. */
import { MAX_COLUMN_DAY_EVENTS } from '../budgets.js';
import type { Chunk } from '../columns/chunk.js';
import { type ChunkBuilder, createChunkBuilder } from '../columns/chunk-builder.js';
import type { SessionValues } from '../events/dimensions.js';
import type { StoredBatch } from '../storage/event-store.js';
import type { SegmentRef } from '../storage/segment-store.js';

export interface DayChunksOptions {
  hash: (id: string) => bigint;
  /** Of the day, in ms; `to` exclusive. */
  from: number;
  to: number;
  /** Events in memory at a time. Default: the budget's. */
  pieceEvents?: number | undefined;
  /** Writes a chunk of people's or bots' events for the version of the state that is to name it. */
  write: (chunk: Chunk, of: ChunkPlace) => Promise<{ segments: SegmentRef[]; events: number }>;
  /** Deletes what was written, which no state will name. */
  discard: (segments: readonly SegmentRef[]) => Promise<void>;
}

/** Which part of a day it is. */
export interface ChunkPlace {
  bots: boolean;
  /** Whether the day is stored in several pieces, of which this is one. */
  isPiece: boolean;
}

/** What a state is to name. */
export interface WrittenChunks {
  segments: SegmentRef[];
  events: number;
}

export class DayChunks {
  #builder: ChunkBuilder;
  /** Of bots, whose events are stored apart: questions about people do not read them. */
  #bots: ChunkBuilder;
  #written: WrittenChunks = { segments: [], events: 0 };
  /** Why a chunk could not be written: the day has no columns then. */
  #error: unknown;

  constructor(readonly options: DayChunksOptions) {
    this.#builder = createChunkBuilder(options);
    this.#bots = createChunkBuilder({ ...options, traffic: 'bots' });
  }

  /** Events in memory. */
  get events(): number {
    return this.#builder.events + this.#bots.events;
  }

  add(batch: StoredBatch, values?: SessionValues): void {
    if (this.#error !== undefined) return;
    this.#builder.add(batch, values);
    if (batch.bot) this.#bots.add(batch, values);
  }

  /** To be called now and then while batches are added. It never fails: `finish` does, in its place. */
  async makeRoom(): Promise<void> {
    if (this.events < (this.options.pieceEvents ?? MAX_COLUMN_DAY_EVENTS)) return;
    try {
      await this.#write(true);
    } catch (error) {
      this.#error = error;
    }
  }

  /** Writes the rest. Where any of it fails, all that was written is deleted: no state was put that could name it. */
  async finish(): Promise<WrittenChunks> {
    try {
      if (this.#error !== undefined) throw this.#error;
      await this.#write(this.#written.segments.length > 0);
      const { segments, events } = this.#written;
      this.#written = { segments: [], events: 0 };
      return { segments, events };
    } catch (error) {
      await this.discard();
      throw error;
    }
  }

  /** To be called in place of `finish` where no state is put that names them. */
  async discard(): Promise<void> {
    await this.options.discard(this.#written.segments.splice(0)).catch(() => {});
  }

  async #write(isPiece: boolean): Promise<void> {
    const [people, bots] = [this.#builder, this.#bots];
    this.#builder = createChunkBuilder(this.options);
    this.#bots = createChunkBuilder({ ...this.options, traffic: 'bots' });
    await this.#writeChunk(people, { bots: false, isPiece });
    if (bots.events > 0) await this.#writeChunk(bots, { bots: true, isPiece });
  }

  async #writeChunk(builder: ChunkBuilder, of: ChunkPlace): Promise<void> {
    const { segments, events } = await this.options.write(await builder.buildInSteps(), of);
    this.#written.segments.push(...segments);
    this.#written.events += events;
  }
}
