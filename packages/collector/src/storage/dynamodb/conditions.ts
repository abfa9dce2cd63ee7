/** The conditions of writes and reads, by name. */

/** A put that only creates. */
export const IF_ABSENT = 'attribute_not_exists(pk)';

/** A put that never makes an item expire earlier. */
export const IF_LATER = 'attribute_not_exists(pk) OR expires_at < :expires_at';

/** A put on top of the version that was read; `version` is a reserved word. */
export const IF_VERSION = '#version = :before';
/** A delete that says whether there was anything. */
export const IF_PRESENT = 'attribute_exists(pk)';
/** A delete of what was not set again. */
export const IF_MARKED_AT = 'marked_at = :marked_at';

export const ONE_ITEM = 'pk = :pk AND sk = :sk';
export const SORT_AFTER = 'pk = :pk AND sk > :after';
export const PARTITION = 'pk = :pk';
export const SORT_BETWEEN = 'pk = :pk AND sk BETWEEN :first AND :last';
export const SORT_BEGINS = 'pk = :pk AND begins_with(sk, :start)';
export const SORT_FROM = 'pk = :pk AND sk >= :first';
export const SORT_BEFORE = 'pk = :pk AND sk < :before';
export const ARRIVED_BETWEEN = 'arrivals = :pk AND received_at BETWEEN :first AND :last';
/** A filter: what it leaves out is paid for all the same. */
export const OF_VISITOR = 'visitor_id = :visitor_id';

/** A projection: what names an item of the log. It is charged as the whole item. */
export const NAMES = { ProjectionExpression: 'pk, sk, received_at' };

/** Inserts one item of these attributes, if its key is absent: that is what INSERT means in PartiQL. */
export function insertStatement(table: string, names: readonly string[]): string {
  return `INSERT INTO "${table}" VALUE {${names.map((name) => `'${name}':?`).join(',')}}`;
}
