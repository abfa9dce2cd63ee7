/** Deletes what is kept of a person for good: their batches, and what leads to them. Numbers hold no names and stay. */
import type { KnownSite } from '../site/sites.js';
import type { Store, StoredBatch } from '../store/store.js';
import { scan } from './scan.js';

/** After a pass that found something another looks whether more has arrived meanwhile; so often at the most. */
const MOST_PASSES = 5;

export interface Erased {
  sessions: number;
  batches: number;
  events: number;
}

/** All of a user, found by the links that their batches left. Nothing to be found is no error. */
export async function eraseUser(store: Store, { id: site }: KnownSite, userId: string): Promise<Erased> {
  const sessions = new Set<string>();
  const eraser = createEraser(store, site);
  for (let pass = 0; pass < MOST_PASSES; pass += 1) {
    const links = await store.sessionsOfUser(site, userId, { expired: true });
    for (const link of links) sessions.add(link);
    const before = eraser.erased().batches;
    for (const sessionId of sessions) {
      const all = await store.session(site, sessionId, { expired: true });
      await eraser.erase(all.filter((batch) => goesWith(batch, userId)));
    }
    await store.deleteLinks(site, userId, links);
    if (links.length === 0 && eraser.erased().batches === before) break;
  }
  return eraser.erased();
}

/** A session in which others were identified keeps what names them; what names nobody may be the user's, and goes. */
const goesWith = ({ user_id }: StoredBatch, userId: string) => user_id === undefined || user_id === userId;

/**
 * What is known to be a user's, session by session: all of a session, but where others were identified in it, too,
 * only what names the user.
 */
export async function* batchesOfUser(
  store: Store,
  { id: site }: KnownSite,
  userId: string,
): AsyncGenerator<StoredBatch[]> {
  for (const sessionId of await store.sessionsOfUser(site, userId)) {
    const all = await store.session(site, sessionId);
    const isShared = all.some((batch) => !goesWith(batch, userId));
    yield isShared ? all.filter(({ user_id }) => user_id === userId) : all;
  }
}

export interface VisitorErasure extends Erased {
  /** Present where there is more to look at: ask again with `after` of it. */
  cursor?: string;
}

export interface VisitorOptions {
  /** `cursor` of an earlier call. */
  after?: string | undefined;
  /** After so many ms the rest is left to a further call. */
  withinMs: number;
}

/** All batches of a device. Nothing leads there: all that is kept of the site is looked at, which costs as much as an export. */
export async function eraseVisitor(
  store: Store,
  site: KnownSite,
  visitorId: string,
  { after, withinMs }: VisitorOptions,
): Promise<VisitorErasure> {
  const until = Date.now() + withinMs;
  const eraser = createEraser(store, site.id);
  let cursor: string | undefined;
  for await (const page of scan(store, site, { from: 0, to: store.now() + 1, after, visitorId })) {
    await eraser.erase(page.batches);
    await unlink(store, site.id, page.batches);
    cursor = page.cursor;
    if (Date.now() >= until) break;
  }
  return { ...eraser.erased(), ...(cursor === undefined ? {} : { cursor }) };
}

/** Deletes the links that led to these batches, unless others of the same session still need them. */
async function unlink(store: Store, site: string, gone: StoredBatch[]): Promise<void> {
  const links = new Map(
    gone.map(({ session_id, user_id }) => [`${session_id}#${user_id}`, { session_id, user_id }]),
  );
  for (const { session_id, user_id } of links.values()) {
    if (user_id === undefined) continue;
    const left = await store.session(site, session_id, { expired: true });
    if (!left.some((batch) => batch.user_id === user_id))
      await store.deleteLinks(site, user_id, [session_id]);
  }
}

/** Deletes batches and counts them; their days are marked first, so that what was counted of them stays. */
function createEraser(store: Store, site: string) {
  const marked = new Set<string>();
  const sessions = new Set<string>();
  let [batches, events] = [0, 0];

  async function markDays(gone: StoredBatch[]): Promise<void> {
    for (const { received_at } of gone) {
      const day = new Date(received_at).toISOString().slice(0, 10);
      if (!marked.has(day)) await store.markDay(site, { day, cause: 'erase', marked_at: store.now() });
      marked.add(day);
    }
  }

  return {
    async erase(gone: StoredBatch[]): Promise<void> {
      await markDays(gone);
      for (const sessionId of new Set(gone.map(({ session_id }) => session_id))) {
        const ofSession = gone.filter(({ session_id }) => session_id === sessionId);
        await store.deleteBatches(
          site,
          sessionId,
          ofSession.map(({ batch }) => batch),
        );
        sessions.add(sessionId);
        batches += ofSession.length;
        for (const batch of ofSession) events += batch.events.length;
      }
    },
    erased: (): Erased => ({ sessions: sessions.size, batches, events }),
  };
}
