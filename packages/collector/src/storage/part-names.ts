/** Names of stored items: a batch's own, and those of the parts that later attempts under its name brought. Ids have no `#`. */

/** Items that one batch name can have. */
export const MAX_PARTS = 16;

/** Name of an item: the batch's (part 1), or with `#2` to `#16` after it. */
export const partName = (batch: string, part: number) => (part === 1 ? batch : `${batch}#${part}`);

export function partNumber(name: string): number {
  const hash = name.indexOf('#');
  return hash < 0 ? 1 : Number(name.slice(hash + 1));
}

/** What `partName` was given. */
export function splitPartName(name: string): { batch: string; part: number } {
  const hash = name.indexOf('#');
  return { batch: hash < 0 ? name : name.slice(0, hash), part: partNumber(name) };
}
