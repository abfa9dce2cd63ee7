/** The log as numbers read it: events that came without ordinals have those of their session. */

import { MAX_NUMBERED_BYTES, MAX_NUMBERED_ITEMS, MAX_NUMBERED_SESSION_BYTES } from '../budgets.js';
import type { EventStore, StoredBatch } from '../storage/event-store.js';
import { isNoted, lacksOrdinals, sessionGroup } from '../storage/ordinals.js';
import { DAY_MS, utcDay } from '../time/ms.js';
import {
  numberSession,
  type Outline,
  type SessionNumbers,
  toOutline,
  withNumbers,
} from './number-session.js';

/** No session lasts longer, and the group of its first events may be noted on the day before. */
const LOOK_BACK_MS = 2 * DAY_MS;
/** Sessions read at a time. */
const AT_ONCE = 10;
/** How long groups are remembered. Less than an arrival takes to settle, so what is aggregated for good knows them all. */
const GROUPS_REMEMBERED_MS = 60_000;
/**
 * How long a session is remembered. What arrived before a batch may come to light for some seconds after it; what is aggregated
 * for good has settled for two minutes, so it never goes by a session that was read before then. An import takes as long to settle.
 */
const SESSION_REMEMBERED_MS = 100_000;
const MAX_CACHED_SITES = 1_000;
/** What is remembered of a session besides its batches, of a batch besides its fields, of an event besides its pages. */
const ENTRY_BYTES = 300;
const BATCH_BYTES = 200;
const EVENT_BYTES = 200;

interface NumberedSession {
  readAt: number;
  /** Names of the batches that are known. */
  names: Set<string>;
  changed: Map<string, SessionNumbers>;
  /** Whether it has more items than are looked at: then none is numbered. */
  isTooLong: boolean;
  bytes: number;
}

export interface NumberedEvents extends EventStore {
  /** Gives batches of one site, which are stored, the ordinals that a read of the log gives them. */
  number(batches: StoredBatch[]): Promise<StoredBatch[]>;
}

/**
 * Reads of arrivals give batches as `numberSession` numbers them. A session is read where a batch lacks ordinals, or is of
 * a group in which one did: so a site whose trackers alone send is read as before.
 */
export function numberedEvents(events: EventStore, now: () => number): NumberedEvents {
  /** Least recently read first. */
  const sessions = new Map<string, NumberedSession>();
  let bytes = 0;
  const groups = new Map<string, { readAt: number; found: Promise<Set<string>> }>();

  function groupsFrom(site: string, day: string): Promise<Set<string>> {
    const key = `${site}#${day}`;
    const known = groups.get(key);
    if (known && now() - known.readAt < GROUPS_REMEMBERED_MS) return known.found;
    groups.delete(key);
    for (const oldest of groups.keys()) {
      if (groups.size < MAX_CACHED_SITES) break;
      groups.delete(oldest);
    }
    const found = events.unnumberedGroups(site, day);
    groups.set(key, { readAt: now(), found });
    found.catch(() => groups.delete(key));
    return found;
  }

  function forget(key: string): void {
    bytes -= sessions.get(key)?.bytes ?? 0;
    sessions.delete(key);
  }

  function remember(key: string, numbered: NumberedSession): void {
    forget(key);
    sessions.set(key, numbered);
    bytes += numbered.bytes;
    for (const oldest of sessions.keys()) {
      if (bytes <= MAX_NUMBERED_BYTES) break;
      forget(oldest);
    }
  }

  async function read(site: string, sessionId: string): Promise<NumberedSession> {
    const readAt = now();
    const items: StoredBatch[] = [];
    let read = 0;
    const isWithin = () => items.length <= MAX_NUMBERED_ITEMS && read <= MAX_NUMBERED_SESSION_BYTES;
    await events.visitSession(site, sessionId, (item, bytes) => {
      read += bytes;
      items.push(item);
      return isWithin();
    });
    if (!isWithin())
      return { readAt, names: new Set(), changed: new Map(), isTooLong: true, bytes: ENTRY_BYTES };
    const outlines = items.map(toOutline);
    const names = new Set(outlines.map(({ batch }) => batch));
    const size = outlines.reduce((sum, outline) => sum + estimateBytes(outline), ENTRY_BYTES);
    return { readAt, names, changed: numberSession(outlines), isTooLong: false, bytes: size };
  }

  async function getNumbered(batches: StoredBatch[]): Promise<NumberedSession> {
    const [{ site, session_id } = { site: '', session_id: '' }] = batches;
    const key = `${site}#${session_id}`;
    const known = sessions.get(key);
    if (known && isUpToDate(known, batches, now())) return known;
    const numbered = await read(site, session_id);
    remember(key, numbered);
    return numbered;
  }

  async function number(batches: StoredBatch[]): Promise<StoredBatch[]> {
    const [first] = batches;
    if (!first) return batches;
    const oldest = batches.reduce((min, { received_at }) => Math.min(min, received_at), first.received_at);
    const noted = await groupsFrom(first.site, utcDay(oldest - LOOK_BACK_MS));
    // Groups are remembered for a while: what is seen here is noted by now, and later batches of its session go by it.
    for (const { session_id, events: brought } of batches)
      if (lacksOrdinals(brought)) noted.add(sessionGroup(session_id));
    const isConcerned = ({ session_id, events: brought }: StoredBatch) =>
      lacksOrdinals(brought) || isNoted(noted, session_id);
    const bySession = new Map<string, StoredBatch[]>();
    for (const batch of batches.filter(isConcerned)) {
      const found = bySession.get(batch.session_id);
      if (found) found.push(batch);
      else bySession.set(batch.session_id, [batch]);
    }
    if (bySession.size === 0) return batches;
    const left = [...bySession];
    const numbered = new Map<string, NumberedSession>();
    const worker = async () => {
      for (let next = left.pop(); next !== undefined; next = left.pop())
        numbered.set(next[0], await getNumbered(next[1]));
    };
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, left.length) }, worker));
    return batches.map((batch) => applyNumbers(batch, numbered.get(batch.session_id)));
  }

  return {
    ...events,
    number,
    async arrivals(query) {
      const page = await events.arrivals(query);
      return { ...page, batches: await number(page.batches) };
    },
  };
}

/** Whether these batches are among those it was numbered with, not long ago. */
const isUpToDate = (
  { readAt, names, isTooLong }: NumberedSession,
  batches: StoredBatch[],
  now: number,
): boolean =>
  now - readAt < SESSION_REMEMBERED_MS && (isTooLong || batches.every(({ batch }) => names.has(batch)));

function applyNumbers(batch: StoredBatch, session: NumberedSession | undefined): StoredBatch {
  if (session?.isTooLong) return { ...batch, unnumbered: true };
  const numbers = session?.changed.get(batch.batch);
  return numbers ? withNumbers(batch, numbers) : batch;
}

function estimateBytes({ fields, events }: Outline): number {
  let bytes = BATCH_BYTES + JSON.stringify(fields).length;
  for (const { page = '', from_page = '' } of events) bytes += EVENT_BYTES + page.length + from_page.length;
  return bytes;
}
