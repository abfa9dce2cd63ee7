/** Deletes for good, before its time: batches of a session, and what leads to them from a user. */
import { sessionKey, userKey } from './keys.js';
import type { Write } from './write.js';

/** Deletes under way at once; a session has rarely more items. */
const AT_ONCE = 25;

export interface Erasures {
  deleteBatches(site: string, sessionId: string, names: string[]): Promise<void>;
  deleteLinks(site: string, userId: string, sessionIds: string[]): Promise<void>;
}

/** @param forgetLink told of each link that is gone, so that a batch that comes late leaves one again */
export function erasures(write: Write, forgetLink: (pk: string, sessionId: string) => void): Erasures {
  async function deleteAll(pk: string, names: string[]): Promise<void> {
    for (let at = 0; at < names.length; at += AT_ONCE) {
      const some = names.slice(at, at + AT_ONCE);
      await Promise.all(some.map((sk) => write('DeleteItem', { Key: { pk: { S: pk }, sk: { S: sk } } })));
    }
  }

  return {
    deleteBatches: (site, sessionId, names) => deleteAll(sessionKey(site, sessionId), names),
    async deleteLinks(site, userId, sessionIds) {
      const pk = userKey(site, userId);
      await deleteAll(pk, sessionIds);
      for (const sessionId of sessionIds) forgetLink(pk, sessionId);
    },
  };
}
