/** The known name that somebody most likely meant by an unknown one. Pure. */

/** Edits per character of the longer name up to which one is taken for a misspelling of the other. */
const MAX_DIFFERENCE = 0.4;

export function nearest(name: string, known: readonly string[]): string | undefined {
  const plainName = plain(name);
  const [best] = known
    .map((candidate) => ({ candidate, difference: getDifference(plainName, plain(candidate)) }))
    .sort((a, b) => a.difference - b.difference);
  return best && best.difference <= MAX_DIFFERENCE ? best.candidate : undefined;
}

/** `retentionDays`, `RETENTION_DAYS` and `retention-days` are one name. */
const plain = (name: string): string => name.slice(0, 64).toLowerCase().replaceAll(/[-_.]/g, '');

/** Share of the longer name that is different; little where one name holds the other whole. */
function getDifference(one: string, other: string): number {
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  if (short.length >= 4 && long.includes(short)) return (long.length - short.length) / (4 * long.length);
  return editsBetween(short, long) / Math.max(1, long.length);
}

/** Levenshtein's distance: insertions, deletions and replacements that make one name of the other. */
function editsBetween(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [index, letter] of [...one].entries()) {
    const next = [index + 1];
    for (const [column, plainName] of [...other].entries()) {
      const replaced = (row[column] ?? 0) + (letter === plainName ? 0 : 1);
      next.push(Math.min(replaced, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
