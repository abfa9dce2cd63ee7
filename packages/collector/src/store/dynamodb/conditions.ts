/** The conditions of writes and reads, by name. */

/** A put that only creates. */
export const IF_ABSENT = 'attribute_not_exists(pk)';

export const PARTITION = 'pk = :pk';
export const NAMES_BETWEEN = 'pk = :pk AND sk BETWEEN :first AND :last';
export const ARRIVED_BETWEEN = 'arrivals = :pk AND received_at BETWEEN :first AND :last';

/** Inserts one item of these attributes, if its key is absent: that is what INSERT means in PartiQL. */
export function insertStatement(table: string, names: readonly string[]): string {
  return `INSERT INTO "${table}" VALUE {${names.map((name) => `'${name}':?`).join(',')}}`;
}
