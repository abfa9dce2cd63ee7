/** All that is kept of an identified user, page by page, from wherever an earlier reading ended. */

import type { ScanPage } from '../event-log/scan-resumable.js';
import { invalid } from '../http/query-params.js';
import type { ResolvedSite } from '../sites/site-registry.js';
import type { SessionPage, Store, StoredBatch } from '../storage/event-store.js';

export interface UserExportOptions {
  /** `cursor` of the last page seen. */
  after?: string | undefined;
  pageBatches: number;
}

/** A place in what is kept of a user: behind an item of a session, or at its beginning. */
interface UserPosition {
  session: string;
  item?: string;
}

/**
 * What is known to be the user's: all of a session, but where others were identified in it, too, only what names the
 * user.
 */
export async function* userPages(
  store: Store,
  { id: site }: ResolvedSite,
  userId: string,
  { after, pageBatches }: UserExportOptions,
): AsyncGenerator<ScanPage> {
  const start = after === undefined ? undefined : readCursor(after);
  const sessions = (await store.sessionsOfUser(site, userId)).sort();
  const left = start ? sessions.filter((session) => session >= start.session) : sessions;
  for (const [index, session] of left.entries()) {
    let item = start?.session === session ? start.item : undefined;
    let isShared: boolean | undefined;
    do {
      const page: SessionPage = await store.sessionPage(site, session, {
        limit: pageBatches,
        ...(item === undefined ? {} : { after: item }),
      });
      isShared ??= await hasOthers(store, site, session, userId, item === undefined ? page : undefined);
      item = page.next;
      const following = left[index + 1];
      const next =
        item === undefined
          ? following === undefined
            ? undefined
            : { session: following }
          : { session, item };
      const batches = isShared ? page.batches.filter(({ user_id }) => user_id === userId) : page.batches;
      yield { batches, cursor: next && writeCursor(next) };
    } while (item !== undefined);
  }
}

/** Whether others were identified in a session. @param first its first page, where that is known */
async function hasOthers(
  store: Store,
  site: string,
  session: string,
  userId: string,
  first: SessionPage | undefined,
): Promise<boolean> {
  const names = ({ user_id }: StoredBatch) => user_id !== undefined && user_id !== userId;
  let page = first ?? (await store.sessionPage(site, session, { limit: PAGE_BATCHES }));
  while (!page.batches.some(names)) {
    if (page.next === undefined) return false;
    page = await store.sessionPage(site, session, { limit: PAGE_BATCHES, after: page.next });
  }
  return true;
}
const PAGE_BATCHES = 100;

const writeCursor = ({ session, item }: UserPosition): string =>
  Buffer.from(JSON.stringify(item === undefined ? [session] : [session, item])).toString('base64url');

function readCursor(cursor: string): UserPosition {
  try {
    const [session, item] = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (isName(session) && item === undefined) return { session };
    if (isName(session) && isName(item)) return { session, item };
  } catch {
    // Rejected below.
  }
  throw invalid('after', 'is invalid: use the cursor of a previous response');
}

/** No name of a session or item is longer, and DynamoDB takes none of over 1 KB. */
const isName = (value: unknown): value is string =>
  typeof value === 'string' && value !== '' && value.length <= 128;
