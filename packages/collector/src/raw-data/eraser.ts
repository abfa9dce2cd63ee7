/** Deletes batches and counts them; their days are marked first, so that what was counted of them stays. */

import type { ErasedOwner } from '../segments/erased-owners.js';
import { encodeOwner } from '../segments/erased-owners.js';
import type { ResolvedSite } from '../sites/site-registry.js';
import type { SessionItem, Store } from '../storage/event-store.js';
import type { DayMark } from '../storage/rollup-store.js';
import { utcDay } from '../time/ms.js';

/**
 * A day is marked again at the latest so long after its mark: a process that reads at a mark trusts it for minutes, and an
 * erasure may take longer than that, or be killed before its last mark.
 */
const MARK_VALID_MS = 30_000;
/** So long after the day's events have expired from the log, the day is closed, and its columns are rid of what was erased. */
const MARK_KEPT_DAYS = 90;
/** Marks set at once. */
const AT_ONCE = 25;

export interface Erased {
  sessions: number;
  batches: number;
  events: number;
}

export interface Eraser {
  erase(sessionId: string, items: SessionItem[]): Promise<void>;
  /** To be called when the deleting is over, or pauses: every process then forgets what its live view holds of the site. */
  finish(): Promise<Erased>;
}

export interface EraserOptions {
  /** Drops what this process' live view holds of the site. */
  forget: () => void;
  /** Whose events of a session are erased that arrived before a time (ms), where they are in columns too. */
  toOwner?: ((sessionId: string, before: number) => ErasedOwner) | undefined;
}

export function createEraser(
  store: Store,
  { id: site, retentionDays }: Pick<ResolvedSite, 'id' | 'retentionDays'>,
  { forget, toOwner }: EraserOptions,
): Eraser {
  const marks = new Map<string, { mark: Omit<DayMark, 'marked_at'>; at: number; done: Promise<void> }>();
  const sessions = new Set<string>();
  let [batches, events] = [0, 0];

  function setMark(mark: Omit<DayMark, 'marked_at'>): Promise<void> {
    const at = store.now();
    const done = store.markDay(site, { ...mark, marked_at: at }, retentionDays + MARK_KEPT_DAYS);
    marks.set(`${mark.cause}#${mark.day}#${mark.part}`, { mark, at, done });
    return done;
  }

  async function ensureMark(mark: Omit<DayMark, 'marked_at'>): Promise<void> {
    const known = marks.get(`${mark.cause}#${mark.day}#${mark.part}`);
    await (known && store.now() - known.at < MARK_VALID_MS ? known.done : setMark(mark));
  }

  async function markItemDays(sessionId: string, items: SessionItem[]): Promise<void> {
    const lastArrivals = new Map<string, number>();
    for (const { received_at: at } of items)
      lastArrivals.set(utcDay(at), Math.max(lastArrivals.get(utcDay(at)) ?? at, at));
    for (const [day, last] of lastArrivals) {
      await ensureMark({ day, cause: 'erase' });
      if (!toOwner) continue;
      const owner = encodeOwner(toOwner(sessionId, last + 1));
      await ensureMark({ day, cause: 'erased', part: toPart(owner), owner });
    }
  }

  return {
    async erase(sessionId, items) {
      if (items.length === 0) return;
      await markItemDays(sessionId, items);
      const names = items.map(({ batch }) => batch);
      await store.deleteBatches(site, sessionId, names);
      sessions.add(sessionId);
      batches += items.length;
      for (const item of items) events += item.events;
    },
    async finish() {
      // A process that has seen the first mark may have read again what was still there.
      const left = [...marks.values()];
      for (let index = 0; index < left.length; index += AT_ONCE)
        await Promise.all(left.slice(index, index + AT_ONCE).map(({ mark }) => setMark(mark)));
      if (marks.size > 0) forget();
      return { sessions: sessions.size, batches, events };
    },
  };
}

/** The same erasure has the same mark, however often it is asked for. */
const toPart = (owner: string): string => Buffer.from(owner).toString('base64url');
