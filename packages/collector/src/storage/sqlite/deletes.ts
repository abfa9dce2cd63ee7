/** What is deleted for good: its bytes are overwritten in the files, too. */
import { splitPartName } from '../part-names.js';
import type { Contexts } from './contexts.js';
import type { Database } from './database.js';
import { packId } from './packed-id.js';

export function createDeletes(database: Database, contexts: Contexts) {
  const { sql } = database;
  const erase = (work: () => void): void => database.eraseDeleted(() => database.transaction(work));

  return {
    async deleteBatches(site: string, sessionId: string, names: string[]): Promise<void> {
      const [of, session] = [contexts.findSite(site), packId(sessionId)];
      erase(() => {
        for (const { batch, part } of names.map(splitPartName))
          sql('DELETE FROM batches WHERE site = ? AND session = ? AND name = ? AND part = ?').run(
            ...([of, session, packId(batch), part] as const),
          );
      });
    },

    async deleteLinks(site: string, userId: string, sessionIds: string[]): Promise<void> {
      erase(() => {
        for (const session of sessionIds)
          sql('DELETE FROM user_links WHERE site = ? AND user = ? AND session = ?').run(
            site,
            userId,
            session,
          );
      });
    },
  };
}
