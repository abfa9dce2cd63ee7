/** The conditions of writes and reads, by name. */

/** A put that only creates. */
export const IF_ABSENT = 'attribute_not_exists(pk)';

/** A put on top of the version that was read; `version` is a reserved word. */
export const IF_VERSION = '#version = :before';
/** A delete of what was not set again. */
export const IF_MARKED_AT = 'marked_at = :marked_at';

export const PARTITION = 'pk = :pk';
export const SORT_BETWEEN = 'pk = :pk AND sk BETWEEN :first AND :last';
export const SORT_BEFORE = 'pk = :pk AND sk < :before';
export const ARRIVED_BETWEEN = 'arrivals = :pk AND received_at BETWEEN :first AND :last';

/** Inserts one item of these attributes, if its key is absent: that is what INSERT means in PartiQL. */
export function insertStatement(table: string, names: readonly string[]): string {
  return `INSERT INTO "${table}" VALUE {${names.map((name) => `'${name}':?`).join(',')}}`;
}
