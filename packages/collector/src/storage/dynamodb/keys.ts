/** Every key string of the two tables. Sites, sessions and batches have no `#` in their ids; user ids come last. */

/** Partition of a session's batches. */
export const sessionKey = (site: string, sessionId: string) => `${site}#${sessionId}`;

/** What a session's partition is of. */
export function splitSessionKey(key: string): { site: string; session_id: string } {
  const end = key.indexOf('#');
  return { site: key.slice(0, end), session_id: key.slice(end + 1) };
}

/** First and last sort key of a name's chain: `$` follows `#`, and neither is in an id, so nothing else is between. */
export const chainBounds = (batch: string) => [batch, `${batch}$`] as const;

/** Partition of the index of arrivals. */
export const arrivalsKey = (site: string, day: string, shard: number) => `${site}#${day}#${shard}`;

/** Partition of a user's sessions, in the events table. No session is named `user#…`. */
export const userKey = (site: string, userId: string) => `${site}#user#${userId}`;

/** Partition of the sites that had traffic on a day, in the rollups table. */
export const activeKey = (day: string) => `active#${day}`;

/** Partition of a site's groups of sessions that had events without ordinals, by day, in the rollups table. No day is named `unnumbered#…`. */
export const unnumberedKey = (site: string) => `active#unnumbered#${site}`;

/** Sort key of such a group on a day; without a group, how those of the day begin. */
export const unnumberedName = (day: string, group = '') => `${day}#${group}`;

/** Partition of a shard's hours, days or months, in the rollups table. */
export const rollupsKey = ({ site, shard, kind }: { site: string; shard: number; kind: string }) =>
  `${site}#${shard}#${kind}`;

/** Partition of the edges of a shard's days or months, which are stored apart from them, in the rollups table. They were called pairs at first. */
export const edgesKey = (of: { site: string; shard: number; kind: string }) => `${rollupsKey(of)}-pairs`;

/** Sort key of an hour, day or month, and how the names begin of what is stored apart from it. */
export const startName = (ms: number): string => new Date(ms).toISOString();

/** Partition of the segments of a shard's days or hours, in the rollups table. */
export const segmentsKey = (of: { site: string; shard: number; kind: string }) => `${rollupsKey(of)}-columns`;

/** Partition of what is set for a site, in the rollups table. */
export const settingsKey = (site: string) => `${site}#settings`;

/** Sort key of a setting; with an empty id, how those of its kind begin. */
export const settingName = (kind: string, id: string) => `${kind}#${id}`;

/** Partition of a site's marked days, in the rollups table. */
export const dayMarksKey = (site: string) => `${site}#marks`;

/** Partition of the salts of days, in the rollups table. */
export const SALTS_KEY = 'salts';
