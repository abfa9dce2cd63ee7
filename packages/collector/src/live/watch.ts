/** Watches one site: what this process stores is known at once, what others store by reading behind a cursor. */
import { randomUUID } from 'node:crypto';
import { CLOCK_MARGIN_MS } from '../read/kept.js';
import { decodeRollup } from '../rollup/encode.js';
import { utcDays } from '../rollup/read-log.js';
import { shardsOn } from '../site/shards.js';
import type { KnownSite } from '../site/sites.js';
import type { Store, StoredBatch } from '../store/store.js';
import type { Arrival } from './arrival.js';
import { formatCursor, parseCursor } from './cursor.js';
import { type NumberedArrival, Recent, SERIES_MS } from './recent.js';

/** The index may show an arrival this much after its stamp: so much is read again now and then … */
const OVERLAP_MS = 15_000;
const OVERLAP_EVERY_MS = 3_000;
/** … and so much each time, for most are there within a second. */
const SHORT_OVERLAP_MS = 1_500;
/** Ids of events told of are known for this long. */
const SEEN_MS = 2 * 60_000;
/** Batches read at the most at once and per shard: the newest. */
const MAX_BATCHES = 2_000;
/** Those who ask within this time share one read. */
const SHARED_MS = 100;
/** How often the index is read while somebody listens. */
const LISTEN_EVERY_MS = 200;
/** Arrivals after which what is old is forgotten. */
const FORGET_EVERY = 500;

export type ArrivalListener = (arrival: Arrival, id: string) => void;

export interface Watch {
  readonly recent: Recent;
  /** Takes in what this process has stored. */
  tell(arrival: Arrival): void;
  /** Resolves when what others stored is in as well. */
  refresh(): Promise<void>;
  /** The place after the newest arrival told of. */
  cursor(): string;
  /** What was told after that place; where it is another watch's, from a little before it on. Undefined for no place at all. */
  after(cursor: string): NumberedArrival[] | undefined;
  idOf(numbered: NumberedArrival): string;
  /** Told of every arrival from now on, until the returned function is called. */
  listen(listener: ArrivalListener): () => void;
  /** Resolves when no read is under way any more. */
  close(): Promise<void>;
}

export function watchSite(site: KnownSite, store: Store, countBots: boolean): Watch {
  const recent = new Recent(countBots);
  /** Marks what this watch numbers. */
  const watchId = randomUUID().slice(0, 8);
  const listeners = new Set<ArrivalListener>();
  /** When each event was told of, oldest first. */
  const seen = new Map<string, number>();
  let readUntil: number | undefined;
  /** When the whole overlap was read last. */
  let overlapReadAt = Number.NEGATIVE_INFINITY;
  let refreshing: Promise<void> | undefined;
  let refreshedAt = Number.NEGATIVE_INFINITY;
  let timer: ReturnType<typeof setInterval> | undefined;

  function tell(arrival: Arrival): void {
    const events = arrival.events.filter(({ event_id }) => !seen.has(event_id));
    if (events.length === 0) return;
    for (const { event_id } of events) seen.set(event_id, arrival.received_at);
    const numbered = recent.add({ ...arrival, events });
    // Nobody may be asking for a long time.
    if (numbered.number % FORGET_EVERY === 0) forget(arrival.received_at);
    for (const listener of listeners) listener(numbered.arrival, idOf(numbered));
  }

  const idOf = ({ number, arrival }: NumberedArrival) =>
    formatCursor({ watch: watchId, number, receivedAt: arrival.received_at });

  async function read(): Promise<void> {
    const now = store.now();
    const isWhole = now - overlapReadAt >= OVERLAP_EVERY_MS;
    const overlapMs = isWhole ? OVERLAP_MS : SHORT_OVERLAP_MS;
    const from = readUntil === undefined ? now - SERIES_MS : readUntil - overlapMs;
    const { batches, cut } = await readNewest(store, site, from, now + CLOCK_MARGIN_MS);
    for (const batch of batches) tell(batch);
    // A cut that reaches back to what was read before has left nothing out.
    if (cut && (batches[0]?.received_at ?? now) > (readUntil ?? 0)) {
      recent.isEstimate = true;
      if (readUntil === undefined) await takeStrips(now);
    }
    readUntil = now;
    if (isWhole) overlapReadAt = now;
    forget(now);
  }

  function forget(now: number): void {
    for (const [id, at] of seen) {
      if (at > now - SEEN_MS) break;
      seen.delete(id);
    }
    recent.expire(now);
  }

  /** The series of a site too busy to be read whole comes from its hours. */
  async function takeStrips(now: number): Promise<void> {
    const totals = new Map<number, { events: number; page_views: number }>();
    for (let shard = 0; shard < shardsOn(site.shards, utcDays(now, now + 1)[0] ?? ''); shard += 1) {
      const range = { site: site.id, shard, kind: 'hour', from: now - 2 * SERIES_MS, to: now } as const;
      for (const state of (await store.rollups(range)).states) {
        for (const [start, { events, page_views }] of decodeRollup(state, []).strips) {
          const sum = totals.get(start) ?? { events: 0, page_views: 0 };
          totals.set(start, { events: sum.events + events, page_views: sum.page_views + page_views });
        }
      }
    }
    for (const [start, count] of totals) recent.setStrip(start, count);
  }

  function refresh(): Promise<void> {
    if (!refreshing && performance.now() - refreshedAt < SHARED_MS) return Promise.resolve();
    refreshing ??= read().finally(() => {
      refreshing = undefined;
      refreshedAt = performance.now();
    });
    return refreshing;
  }

  return {
    recent,
    tell,
    refresh,
    idOf,
    cursor: () => formatCursor({ watch: watchId, number: recent.number, receivedAt: readUntil ?? 0 }),
    after(text) {
      const cursor = parseCursor(text);
      if (!cursor) return undefined;
      const exact = cursor.watch === watchId ? recent.since(cursor.number) : undefined;
      return exact ?? recent.from(cursor.receivedAt - OVERLAP_MS);
    },
    listen(listener) {
      listeners.add(listener);
      // A store that is away is asked again at the next beat; the stream itself goes on.
      timer ??= setInterval(() => void refresh().catch(() => {}), LISTEN_EVERY_MS).unref();
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        clearInterval(timer);
        timer = undefined;
      };
    },
    async close() {
      clearInterval(timer);
      listeners.clear();
      await refreshing?.catch(() => {});
    },
  };
}

/** The newest of a stretch, in order of arrival. */
async function readNewest(
  store: Store,
  site: KnownSite,
  from: number,
  to: number,
): Promise<{ batches: StoredBatch[]; cut: boolean }> {
  const reads = utcDays(from, to).flatMap((day) =>
    Array.from({ length: shardsOn(site.shards, day) }, (_, shard) =>
      readShard(store, { site: site.id, day, shard, from, to }),
    ),
  );
  const parts = await Promise.all(reads);
  const batches = parts.flatMap((part) => part.batches).sort((a, b) => a.received_at - b.received_at);
  return { batches, cut: parts.some((part) => part.cut) };
}

async function readShard(
  store: Store,
  stretch: { site: string; day: string; shard: number; from: number; to: number },
): Promise<{ batches: StoredBatch[]; cut: boolean }> {
  const batches: StoredBatch[] = [];
  let after: string | undefined;
  do {
    const asked = { ...stretch, limit: MAX_BATCHES - batches.length, newestFirst: true };
    const page = await store.arrivals(after === undefined ? asked : { ...asked, after });
    batches.push(...page.batches);
    after = page.next;
  } while (after !== undefined && batches.length < MAX_BATCHES);
  return { batches, cut: after !== undefined };
}
