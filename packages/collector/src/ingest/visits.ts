/** Whose visit events belong to that name no session: a server's, and those of a browser without a tracker. */
import { createHmac } from 'node:crypto';
import type { Batch } from '@liveinsight/schema';
import { type BatchFields, type EventStore, StoreUnavailableError } from '../storage/event-store.js';
import { utcDay } from '../time/ms.js';

type BotField = 'bot' | 'bot_name' | 'bot_operator' | 'bot_category' | 'bot_reason';
/** Fields of a batch that are of its own request, and hold for no other. */
type OfRequest = 'site' | 'session_id' | 'user_id' | 'sent_at' | 'release' | 'dropped' | BotField;

/** What a user's own session says of events that a server sent for them. */
export type VisitFacts = Partial<Omit<BatchFields, OfRequest>>;

/** A record, so that the compiler names a field that is missing. */
const FACTS: Record<keyof VisitFacts, true> = {
  visitor_id: true,
  entry_page: true,
  referrer: true,
  utm: true,
  source: true,
  channel: true,
  click_id: true,
  language: true,
  screen: true,
  viewport: true,
  timezone: true,
  browser: true,
  os: true,
  device: true,
  country: true,
  region: true,
  city: true,
  location_source: true,
};

export interface Visits {
  /**
   * The session of a batch that names none. It depends on what the batch says alone, so that a batch that is sent again is
   * stored once: all that a user's servers send on a day, or all of a visitor's day.
   */
  nameSession(batch: Batch, visitorId: string | undefined): string;
  /** The visitor of a batch that a server sent without saying whose it is. */
  nameVisitor(batch: Batch): string;
  /** What is known of the user by their newest session; nothing where there is none, or the store does not answer. */
  findFacts(site: string, userId: string): Promise<VisitFacts>;
}

const HASH_CHARS = 22;
/** Of the sessions in which a user was identified, as many are looked at. */
const MAX_SESSIONS = 100;
/** Begins the names that are made here. A tracker's begin with its clock. */
const MADE = /^[ud]\./;
/** Items of a session among which the browser's own is looked for. */
const MAX_ITEMS = 5;
/** One visitor for all that servers send of nobody. */
const NOBODY = 'server';

export function createVisits(key: Buffer, store: Pick<EventStore, 'session' | 'sessionsOfUser'>): Visits {
  const hash = (...parts: string[]) =>
    createHmac('sha256', key).update(parts.join('\n')).digest('base64url').slice(0, HASH_CHARS);
  const nameSite = ({ site = '' }: Batch) => site;

  return {
    nameSession(batch, visitorId) {
      const day = utcDay(batch.events[0]?.timestamp ?? 0);
      if (batch.user_id !== undefined) return `u.${hash('user', nameSite(batch), batch.user_id, day)}`;
      return visitorId === undefined ? batch.batch : `d.${hash('day', nameSite(batch), visitorId, day)}`;
    },
    nameVisitor(batch) {
      if (batch.user_id !== undefined) return hash('visitor', nameSite(batch), batch.user_id);
      return batch.session.session_id === batch.batch ? NOBODY : batch.session.session_id;
    },
    async findFacts(site, userId) {
      try {
        const sessions = await store.sessionsOfUser(site, userId, { limit: MAX_SESSIONS });
        // Names of trackers sort by time.
        const newest = sessions
          .filter((id) => !MADE.test(id))
          .sort()
          .at(-1);
        if (newest === undefined) return {};
        const items = await store.session(site, newest, { limit: MAX_ITEMS });
        const own = items.find(({ browser }) => browser !== undefined) ?? items[0];
        return own ? toFacts(own) : {};
      } catch (error) {
        if (error instanceof StoreUnavailableError) return {};
        throw error;
      }
    },
  };
}

const toFacts = (batch: BatchFields): VisitFacts =>
  Object.fromEntries(Object.entries(batch).filter(([name, value]) => name in FACTS && value !== undefined));
