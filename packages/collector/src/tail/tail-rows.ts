/**
 * The events of a shard's newest arrivals by column, for queries that rollups do not answer. They begin at some arrival, and
 * hold what was added to the aggregate from then on; what is older is dropped first where all is over its budget.
 */

import { TAIL_PENDING_CHARS, TAIL_ROWS_CHUNK_EVENTS } from '../budgets.js';
import type { Chunk } from '../columns/chunk.js';
import { createChunkBuilder } from '../columns/chunk-builder.js';
import { countBytes } from '../columns/codec/count-bytes.js';
import { mergeChunks, withoutEvents } from '../columns/derive-chunk.js';
import { defaultTraffic } from '../events/traffic.js';
import type { AggregateOptions } from '../rollup/aggregate.js';
import type { StoredBatch } from '../storage/event-store.js';

/** So many chunks of about one size are made one: a query goes through each of them. */
const MERGED_AT_ONCE = 4;

interface HeldChunk {
  chunk: Chunk;
  bytes: number;
}

/** What is held at one moment. */
export interface HeldRows {
  /** Arrival (ms) from which on everything is in. */
  from: number;
  /** None has an earlier arrival. Made when it is called for. */
  chunks(): Chunk[];
  /** Takes in what arrived before, as the log has it, so that the next query finds it here; where there is room for it. */
  prepend(chunk: Chunk): void;
  /** Drops what arrived before a time (ms): it is stored by column. */
  dropBefore(time: number): void;
}

export class TailRows {
  /** In no order; never changed once another has it. */
  #held: readonly HeldChunk[] = [];
  #pending: StoredBatch[] = [];
  #pendingChars = 0;
  /** Of the batches that wait to become a chunk. */
  #pendingChunk: Chunk | undefined;
  #bytes = 0;

  /** @param from arrival (ms) from which on everything will be added */
  constructor(
    public from: number,
    readonly options: AggregateOptions,
    readonly maxBytes: number,
  ) {}

  get bytes(): number {
    return this.#bytes + this.#pendingChars;
  }

  /** What arrived earlier than all that is held is left to the log. */
  add(batch: StoredBatch): void {
    if (batch.received_at < this.from) return;
    this.#pending.push(batch);
    this.#pendingChunk = undefined;
    this.#pendingChars += countChars(batch);
    if (this.#pendingChars < TAIL_PENDING_CHARS) return;
    const chunk = build(this.#pending, this.options);
    this.#pending = [];
    this.#pendingChars = 0;
    this.#hold(chunk);
    this.#merge();
    this.#bound();
  }

  /** @param settled arrival (ms) before which nothing will be added any more */
  snapshot(settled: number): HeldRows {
    const [from, held, pending] = [this.from, this.#held, this.#pending.slice()];
    return {
      from,
      chunks: () => {
        const isSame = pending.length === this.#pending.length && held === this.#held;
        if (isSame) this.#pendingChunk ??= build(pending, this.options);
        const last = isSame && this.#pendingChunk ? this.#pendingChunk : build(pending, this.options);
        return [...held.map(({ chunk }) => chunk), last].filter(({ events }) => events > 0);
      },
      prepend: (chunk) => {
        // What is still to be added would be in twice.
        if (from > settled || this.from !== from) return;
        const bytes = countChunkBytes(chunk);
        if (this.bytes + bytes > this.maxBytes) return;
        this.#hold(chunk, bytes);
        this.from = chunk.from;
      },
      dropBefore: (time) => this.dropBefore(time),
    };
  }

  #hold(chunk: Chunk, bytes = countChunkBytes(chunk)): void {
    this.#held = [...this.#held, { chunk, bytes }];
    this.#bytes += bytes;
  }

  #release(gone: readonly HeldChunk[]): void {
    this.#held = this.#held.filter((one) => !gone.includes(one));
    for (const { bytes } of gone) this.#bytes -= bytes;
  }

  #merge(): void {
    for (;;) {
      const small = this.#held.filter(({ chunk }) => chunk.events < TAIL_ROWS_CHUNK_EVENTS);
      const [newest] = small.slice(-1);
      const alike = small.filter(({ chunk }) => chunk.events < MERGED_AT_ONCE * (newest?.chunk.events ?? 0));
      if (alike.length < MERGED_AT_ONCE) return;
      this.#release(alike);
      this.#hold(mergeChunks(alike.map(({ chunk }) => chunk)));
    }
  }

  #bound(): void {
    while (this.bytes > this.maxBytes && this.#held.length > 0) {
      const oldest = this.#held.reduce((one, other) => (other.chunk.to < one.chunk.to ? other : one));
      this.dropBefore(oldest.chunk.to);
    }
  }

  /** Leaves what arrived before a time (ms) to the log. */
  dropBefore(time: number): void {
    if (time <= this.from) return;
    this.from = time;
    const cut = this.#held.filter(({ chunk }) => chunk.from < time);
    this.#release(cut);
    for (const { chunk } of cut) if (chunk.to > time) this.#hold(startingAt(chunk, time));
    this.#pending = this.#pending.filter(({ received_at }) => received_at >= time);
    this.#pendingChars = this.#pending.reduce((sum, batch) => sum + countChars(batch), 0);
    this.#pendingChunk = undefined;
  }
}

/** Its span says exactly what arrived when: queries look at arrivals only where a bound parts it. */
function build(batches: readonly StoredBatch[], { hash, countBots = false }: AggregateOptions): Chunk {
  let [from, to] = [Number.POSITIVE_INFINITY, 0];
  for (const { received_at } of batches) {
    from = Math.min(from, received_at);
    to = Math.max(to, received_at + 1);
  }
  const builder = createChunkBuilder({
    hash,
    traffic: defaultTraffic(countBots),
    from: Math.min(from, to),
    to,
  });
  for (const batch of batches) builder.add(batch);
  return builder.build();
}

const startingAt = (chunk: Chunk, time: number): Chunk => ({
  ...withoutEvents(chunk, () => time),
  from: time,
});

const countChars = ({ events }: StoredBatch): number => JSON.stringify(events).length;

function countChunkBytes(chunk: Chunk): number {
  const groups = [
    chunk.context(),
    chunk.ids(),
    chunk.event(),
    chunk.engagement(),
    chunk.arrival(),
    chunk.time(),
  ];
  return countBytes([groups, chunk.detail(), chunk.property()]);
}
