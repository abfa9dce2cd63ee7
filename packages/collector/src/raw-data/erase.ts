/** Deletes what is kept of a person for good: their batches, and what leads to them. What was counted of them stays. */

import { scanResumable } from '../event-log/scan-resumable.js';
import { invalid } from '../http/query-params.js';
import type { ColumnsContext } from '../rollup/rollup-context.js';
import type { ErasedOwner } from '../segments/erased-owners.js';
import type { ResolvedSite } from '../sites/site-registry.js';
import type { SessionItem, Store, StoredBatch } from '../storage/event-store.js';
import { eraseStoredColumns, readColumnsCursor, writeColumnsCursor } from './erase-stored-columns.js';
import { createEraser, type Erased, type Eraser } from './eraser.js';

/** Sessions erased at once: anybody may claim to be a user in any number of them. */
const SESSIONS_AT_ONCE = 25;
/** Of an erasure of a user: the rest is found by the links that are left. */
const REST_OF_USER = 'rest';

export interface Erasure extends Erased {
  /** Present where there is more to delete: ask again with `after` of it. */
  cursor?: string;
}

export interface EraseParts {
  store: Store;
  /** Drops what this process' live view holds of a site. */
  forget(site: string): void;
  /** Where events are stored by column, too: what writes them, and the hash that they have in place of ids. */
  stored?: { columns: ColumnsContext; hash: (id: string) => bigint } | undefined;
}

export interface EraseOptions {
  /** `cursor` of an earlier call. */
  after?: string | undefined;
  /** After so many ms the rest is left to a further call. */
  withinMs: number;
}

/** All of a user, found by the links that their batches left and that go along with them. Nothing to be found is no error. */
export async function eraseUser(
  parts: EraseParts,
  resolved: ResolvedSite,
  userId: string,
  { after, withinMs }: EraseOptions,
): Promise<Erasure> {
  const { store, forget, stored } = parts;
  const { id: site } = resolved;
  const before = readColumnsCursor(after);
  if (after !== undefined && after !== REST_OF_USER && before === undefined)
    throw invalid('after', 'must be the cursor of an earlier response');
  const until = Date.now() + withinMs;
  const user = stored?.hash(userId);
  const startedAt = store.now();
  const eraser = createEraser(store, resolved, {
    forget: () => forget(site),
    toOwner:
      stored && user !== undefined
        ? (session, before) => ({ user, session: stored.hash(session), before })
        : undefined,
  });
  const erase = (sessionId: string) => eraseSession({ store, eraser, until }, site, sessionId, userId);
  const erasedSessions: string[] = [];
  const left = async () => ({ ...(await eraser.finish()), cursor: REST_OF_USER });

  for (;;) {
    const links = await store.sessionsOfUser(site, userId, { expired: true, limit: SESSIONS_AT_ONCE });
    if (links.length === 0) break;
    const isErased = await Promise.all(links.map(erase));
    const gone = links.filter((_, index) => isErased[index]);
    await store.deleteLinks(site, userId, gone);
    erasedSessions.push(...gone);
    if (Date.now() >= until) return left();
  }
  // What has arrived in these sessions meanwhile may have left no link.
  for (let index = 0; index < erasedSessions.length; index += SESSIONS_AT_ONCE) {
    if (Date.now() >= until) break;
    await Promise.all(erasedSessions.slice(index, index + SESSIONS_AT_ONCE).map(erase));
  }
  const erased = await eraser.finish();
  if (user === undefined) return erased;
  return withColumns(parts, resolved, erased, { owner: { user, before: startedAt }, before, until });
}

/** What was erased of the log, once the columns are done as far as the time goes. */
async function withColumns(
  { store, stored, forget }: EraseParts,
  site: ResolvedSite,
  erased: Erased,
  { owner, before, until }: { owner: ErasedOwner; before: number | undefined; until: number },
): Promise<Erasure> {
  if (!stored) return erased;
  const { columns } = stored;
  const left = await eraseStoredColumns({ rollups: store, columns, site, owner, before, until });
  forget(site.id);
  return left === undefined ? erased : { ...erased, cursor: writeColumnsCursor(left) };
}

/** A session in which others were identified keeps what names them; what names nobody may be the user's, and goes. */
const goesWith = ({ user_id }: { user_id?: string }, userId: string) =>
  user_id === undefined || user_id === userId;

/** Whether all of the session that goes with the user is gone. */
async function eraseSession(
  { store, eraser, until }: { store: Store; eraser: Eraser; until: number },
  site: string,
  sessionId: string,
  userId: string,
): Promise<boolean> {
  let after: string | undefined;
  do {
    const page = await store.sessionItems(site, sessionId, after);
    await eraser.erase(
      sessionId,
      page.items.filter((item) => goesWith(item, userId)),
    );
    after = page.next;
  } while (after !== undefined && Date.now() < until);
  return after === undefined;
}

/** All batches of a device. Nothing leads there: all that is kept of the site is looked at, which costs as much as an export. */
export async function eraseVisitor(
  parts: EraseParts,
  site: ResolvedSite,
  visitorId: string,
  { after, withinMs }: EraseOptions,
): Promise<Erasure> {
  const { store, forget, stored } = parts;
  const until = Date.now() + withinMs;
  const visitor = stored?.hash(visitorId);
  const owner = visitor === undefined ? undefined : { visitor, before: store.now() };
  const eraser = createEraser(store, site, {
    forget: () => forget(site.id),
    toOwner: owner && ((_, before) => ({ ...owner, before })),
  });
  const before = readColumnsCursor(after);
  if (before !== undefined && owner)
    return withColumns(parts, site, await eraser.finish(), { owner, before, until });
  let cursor: string | undefined;
  for await (const page of scanResumable(store, site, { from: 0, to: store.now() + 1, after, visitorId })) {
    for (const [sessionId, items] of bySession(page.batches)) await eraser.erase(sessionId, items);
    await unlink(store, site.id, page.batches);
    cursor = page.cursor;
    if (Date.now() >= until) break;
  }
  const erased = await eraser.finish();
  if (cursor !== undefined) return { ...erased, cursor };
  return owner ? withColumns(parts, site, erased, { owner, before, until }) : erased;
}

function bySession(batches: StoredBatch[]): Map<string, SessionItem[]> {
  const sessions = new Map<string, SessionItem[]>();
  for (const { session_id, batch, received_at, events } of batches) {
    const items = sessions.get(session_id) ?? [];
    items.push({ batch, received_at, events: events.length });
    sessions.set(session_id, items);
  }
  return sessions;
}

/** Deletes the links that led to these batches, unless others of the same session still need them. */
async function unlink(store: Store, site: string, gone: StoredBatch[]): Promise<void> {
  const links = new Map(
    gone.map(({ session_id, user_id }) => [`${session_id}#${user_id}`, { session_id, user_id }]),
  );
  for (const { session_id, user_id } of links.values()) {
    if (user_id === undefined) continue;
    if (!(await hasUser(store, site, session_id, user_id)))
      await store.deleteLinks(site, user_id, [session_id]);
  }
}

/** Whether anything is left of the session that names the user. */
async function hasUser(store: Store, site: string, sessionId: string, userId: string): Promise<boolean> {
  let after: string | undefined;
  do {
    const page = await store.sessionItems(site, sessionId, after);
    if (page.items.some(({ user_id }) => user_id === userId)) return true;
    after = page.next;
  } while (after !== undefined);
  return false;
}
