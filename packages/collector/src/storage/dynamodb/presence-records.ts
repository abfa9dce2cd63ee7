/** What must be there before a batch is answered besides itself: its site's mark for the day, its user's link, and whether it lacks ordinals. */

import { evictOldest } from '../../cache/evict-oldest.js';
import { utcDay } from '../../time/ms.js';
import type { StoredEvent } from '../event-store.js';
import { lacksOrdinals, sessionGroup } from '../ordinals.js';
import { addNumber, addText, emptyItem } from './attribute-codec.js';
import { IF_LATER } from './conditions.js';
import type { Connection } from './connection.js';
import { activeKey, unnumberedKey, unnumberedName, userKey } from './keys.js';
import { writer } from './write.js';

/** Keys that a process remembers to have written; a forgotten one is written again, which changes nothing. */
const MAX_REMEMBERED = 20_000;
const DAY_S = 86_400;
/** Presence records outlive the batches they lead to. */
const MARGIN_DAYS = 2;

/** After this long a link is written again, so that one that another process erased is back soon. */
const LINK_REMEMBERED_MS = 600_000;

export interface Marked {
  site: string;
  session_id: string;
  user_id?: string;
  retention_days: number;
  events: StoredEvent[];
}

export interface PresenceRecords {
  /** Resolves when all is there that leads to the batch, arriving at that time; else rejects. Nothing to wait for where it was there. */
  ensure(of: Marked, arrivalMs: number): Promise<unknown> | undefined;
  /** A link was deleted: the next batch of its session must leave it again. */
  forgetLink(pk: string, sessionId: string): void;
}

/** The day that a mark is of, and within what it is remembered to be written. */
interface Slot {
  day: string;
  slot: string;
}

export function marks(connection: Connection, eventsTable: string, rollupsTable: string): PresenceRecords {
  /** Oldest first. A write under way is shared, a failed one forgotten. */
  const written = new Map<string, Promise<unknown> | true>();

  function once(table: string, pk: string, sk: string, at: Slot, retentionDays: number) {
    const key = `${at.slot} ${table} ${pk} ${sk}`;
    const known = written.get(key);
    if (known) return known === true ? undefined : known;
    const expiresAt = Math.ceil(connection.clock.now() / 1000) + (retentionDays + MARGIN_DAYS) * DAY_S;
    const writing = put(table, pk, sk, expiresAt).then(
      () => written.set(key, true),
      (error) => {
        written.delete(key);
        throw error;
      },
    );
    evictOldest(written, MAX_REMEMBERED);
    written.set(key, writing);
    return writing;
  }

  async function put(table: string, pk: string, sk: string, expiresAt: number): Promise<void> {
    const item = emptyItem();
    addText(item, 'pk', pk);
    addText(item, 'sk', sk);
    addNumber(item, 'expires_at', expiresAt);
    const later = {
      ConditionExpression: IF_LATER,
      ExpressionAttributeValues: { ':expires_at': { N: String(expiresAt) } },
    };
    await writer(connection, table)('PutItem', later, item);
  }

  return {
    ensure({ site, session_id, user_id, retention_days, events }, arrivalMs) {
      const day = utcDay(arrivalMs);
      const at = { day, slot: day };
      const active = once(rollupsTable, activeKey(day), site, at, retention_days);
      const name = lacksOrdinals(events) && unnumberedName(day, sessionGroup(session_id));
      const unnumbered = name ? once(rollupsTable, unnumberedKey(site), name, at, retention_days) : undefined;
      const mark = active && unnumbered ? Promise.all([active, unnumbered]) : (active ?? unnumbered);
      if (user_id === undefined) return mark;
      const slot = String(Math.floor(arrivalMs / LINK_REMEMBERED_MS));
      const link = once(eventsTable, userKey(site, user_id), session_id, { day, slot }, retention_days);
      return mark || link ? Promise.all([mark, link]) : undefined;
    },
    forgetLink(pk, sessionId) {
      const ending = ` ${eventsTable} ${pk} ${sessionId}`;
      for (const key of written.keys()) if (key.endsWith(ending)) written.delete(key);
    },
  };
}
