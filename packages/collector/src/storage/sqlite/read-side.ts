/** Reads of a folder that another thread of this process has open for writing. */
import { join } from 'node:path';
import { createArrivals } from './arrivals.js';
import { createContexts } from './contexts.js';
import { DATABASE_FILE, openForReading } from './database.js';
import { createRollups } from './rollups.js';
import { createSegments } from './segments.js';
import { createSessions } from './sessions.js';
import { createSettings } from './settings.js';
import { inTurns } from './turns.js';

/** Each sees all that was stored before it was called. */
export function openReadSide(folder: string) {
  const database = openForReading(join(folder, DATABASE_FILE));
  const contexts = createContexts(database);
  let latest = 0;
  const now = (): number => {
    latest = Math.max(latest, Date.now());
    return latest;
  };
  const { rollups, newest, markedDays } = createRollups(database);
  const { segmentParts, listSegmentParts } = createSegments(database);
  const { settings } = createSettings(database);
  return {
    now,
    ...inTurns({
      arrivals: createArrivals(database, contexts, now),
      ...createSessions(database, contexts, now),
      ...{ rollups, newest, markedDays, segmentParts, listSegmentParts, settings },
      async ping() {
        database.sql('SELECT count(*) FROM sites').get();
      },
    }),
    close: async () => database.close(),
  };
}
