/** Watches one site: what this process stores is known at once, what others store by reading behind a cursor. */

import { randomUUID } from 'node:crypto';
import { MAX_LIVE_SEEN_EVENTS } from '../budgets.js';
import { CLOCK_MARGIN_MS } from '../event-log/retention-window.js';
import { decodeRollup } from '../rollup/rollup-codec.js';
import { shardsOn } from '../sites/sharding.js';
import type { ResolvedSite } from '../sites/site-registry.js';
import type { Arrival } from '../storage/arrival.js';
import type { Store } from '../storage/event-store.js';
import { utcDays } from '../time/ms.js';
import { ActivityWindow, SERIES_MS } from './activity-window.js';
import { formatCursor, parseCursor } from './cursor.js';
import { type ArrivalFacts, toFacts, withoutSeen } from './facts.js';
import { readNewestFacts } from './read-newest.js';
import type { NumberedArrival } from './recent-arrivals.js';

/** The index may show an arrival this much after its stamp: so much is read again now and then … */
const OVERLAP_MS = 15_000;
const OVERLAP_EVERY_MS = 3_000;
/** … and so much each time, for most are there within a second. */
const SHORT_OVERLAP_MS = 1_500;
/** Ids of events told of are known for this long. */
const SEEN_MS = 2 * 60_000;
/** Those who ask within this time share one read. */
const SHARED_MS = 100;
/** How often the index is read while somebody listens. */
const LISTEN_EVERY_MS = 200;
/** Arrivals after which what is old is forgotten. */
const FORGET_EVERY = 500;
/** A view that nobody has looked at for so long is dropped. */
const IDLE_MS = 10 * 60_000;

export type ArrivalListener = (arrival: NumberedArrival) => void;

export interface SiteFeed {
  readonly recent: ActivityWindow;
  /** Takes in what this process has stored. */
  publish(arrival: Arrival): void;
  /** Resolves when what others stored is in as well. */
  refresh(): Promise<void>;
  /** Forgets all that is known of anybody; the next refresh reads what the log still has. */
  startOver(): void;
  /** Whether nobody has asked or listened for a while. */
  isIdle(): boolean;
  /** The place after the newest arrival told of. */
  cursor(): string;
  /** What was told after that place; where it is another watch's, from a little before it on. Undefined for no place at all. */
  after(cursor: string): NumberedArrival[] | undefined;
  /** Told of every arrival from now on, until the returned function is called. */
  listen(listener: ArrivalListener): () => void;
  /** Resolves when no read is under way any more. */
  close(): Promise<void>;
}

/** Ids are the sender's: two sessions may have the same, and both count, as in the numbers. */
const toKey = ({ session }: ArrivalFacts, eventId: string): string => `${session.session_id}\n${eventId}`;

export function createSiteFeed(site: ResolvedSite, store: Store, countBots: boolean): SiteFeed {
  const recent = new ActivityWindow(countBots);
  /** Marks what this feed numbers. */
  const feedId = randomUUID().slice(0, 8);
  const listeners = new Set<ArrivalListener>();
  /** When each event was told of, oldest first. */
  const seen = new Map<string, number>();
  let readUntil: number | undefined;
  /** When the whole overlap was read last. */
  let overlapReadAt = Number.NEGATIVE_INFINITY;
  /** Ids of what had been told of when the view was started over. */
  let seenBeforeReset: ReadonlyMap<string, number> = new Map();
  /** Counts the times that the view was started over: a read that began before does not count. */
  let resets = 0;
  /** Erasures up to then (ms) have been honoured. */
  let erasuresUntil: number | undefined;
  let refreshing: Promise<void> | undefined;
  let refreshedAt = performance.now();
  let timer: ReturnType<typeof setInterval> | undefined;
  let hasRefreshed = false;

  function add(arrival: ArrivalFacts, notifyListeners: boolean): void {
    const facts = withoutSeen(arrival, (id) => seen.has(toKey(arrival, id)));
    if (!facts) return;
    const { receivedAt } = facts;
    for (const { id } of facts.events) seen.set(toKey(facts, id), receivedAt);
    boundSeen();
    recent.add(facts);
    const toId = (number: number) => formatCursor({ feed: feedId, number, receivedAt });
    const numbered = recent.arrivals.add(facts, toId);
    // Nobody may be asking for a long time.
    if (recent.arrivals.number % FORGET_EVERY === 0) forget(receivedAt);
    if (numbered && notifyListeners) for (const listener of listeners) listener(numbered);
  }

  /** Beyond so many ids the oldest are forgotten: their events might count twice. */
  function boundSeen(): void {
    for (const [id, at] of seen) {
      if (seen.size <= MAX_LIVE_SEEN_EVENTS) break;
      seen.delete(id);
      recent.addGap(at);
    }
  }

  async function read(): Promise<void> {
    const now = store.now();
    const isFullRead = now - overlapReadAt >= OVERLAP_EVERY_MS;
    if (isFullRead) await checkErasures();
    const overlapMs = isFullRead ? OVERLAP_MS : SHORT_OVERLAP_MS;
    const [resetsBefore, resumedAt] = [resets, readUntil];
    // After a night nobody looked, no more is read than the view shows.
    const from = Math.max(now - SERIES_MS, (resumedAt ?? 0) - overlapMs);
    const { arrivals, truncatedAt } = await readNewestFacts(store, site, from, now + CLOCK_MARGIN_MS);
    if (resets !== resetsBefore) return read();
    const isNews = (facts: ArrivalFacts) =>
      resumedAt !== undefined ||
      (facts.receivedAt > now - SEEN_MS && !seenBeforeReset.has(toKey(facts, facts.events[0]?.id ?? '')));
    for (const facts of arrivals) add(facts, isNews(facts));
    seenBeforeReset = new Map();
    // A cut that reaches back to what was read before has left nothing out.
    if (truncatedAt !== undefined && truncatedAt > (resumedAt ?? 0)) {
      recent.addGap(truncatedAt);
      await raiseTotals(now, truncatedAt);
    }
    readUntil = now;
    if (isFullRead) overlapReadAt = now;
    forget(now);
  }

  function startOver(): void {
    resets += 1;
    recent.clear();
    seenBeforeReset = new Map([...seenBeforeReset, ...seen]);
    seen.clear();
    readUntil = undefined;
    overlapReadAt = Number.NEGATIVE_INFINITY;
    hasRefreshed = false;
  }

  /** Whoever erases marks the days before and after: at a mark since the last look, what is kept here is read again. */
  async function checkErasures(): Promise<void> {
    const erasedDays = await store.markedDays(site.id, 'erase');
    const newest = Math.max(0, ...erasedDays.map(({ marked_at }) => marked_at));
    if (erasuresUntil !== undefined && newest > erasuresUntil) startOver();
    // The index may still have shown what was being deleted: a mark is honoured until it has caught up.
    erasuresUntil = Math.min(newest, store.now() - OVERLAP_MS);
  }

  function forget(now: number): void {
    for (const [id, at] of seen) {
      if (at > now - SEEN_MS) break;
      seen.delete(id);
    }
    recent.expire(now);
  }

  /** The series of a site too busy to be read whole comes from its hours. */
  async function raiseTotals(now: number, truncatedAt: number): Promise<void> {
    const totals = new Map<number, { events: number; page_views: number }>();
    for (let shard = 0; shard < shardsOn(site.shards, utcDays(now, now + 1)[0] ?? ''); shard += 1) {
      const range = { site: site.id, shard, kind: 'hour', from: now - 2 * SERIES_MS, to: now } as const;
      for (const state of (await store.rollups(range)).states) {
        for (const [start, { events, page_views }] of decodeRollup(state, []).fiveMinuteTotals) {
          const sum = totals.get(start) ?? { events: 0, page_views: 0 };
          totals.set(start, { events: sum.events + events, page_views: sum.page_views + page_views });
        }
      }
    }
    for (const [start, count] of totals) if (start <= truncatedAt) recent.raiseFiveMinutes(start, count);
  }

  function refresh(): Promise<void> {
    if (!refreshing && hasRefreshed && performance.now() - refreshedAt < SHARED_MS) return Promise.resolve();
    refreshing ??= read().finally(() => {
      refreshing = undefined;
      hasRefreshed = true;
      refreshedAt = performance.now();
    });
    return refreshing;
  }

  return {
    recent,
    publish: (arrival) => add(toFacts(arrival), true),
    refresh,
    startOver,
    isIdle: () => listeners.size === 0 && !refreshing && performance.now() - refreshedAt > IDLE_MS,
    cursor: () => formatCursor({ feed: feedId, number: recent.arrivals.number, receivedAt: readUntil ?? 0 }),
    after(text) {
      const cursor = parseCursor(text);
      if (!cursor) return undefined;
      const exact = cursor.feed === feedId ? recent.arrivals.since(cursor.number) : undefined;
      return exact ?? recent.arrivals.from(cursor.receivedAt - OVERLAP_MS);
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
