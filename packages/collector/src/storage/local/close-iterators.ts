/**
 * dynalite ends what it reads from LevelDB by an iterator's `return()`, which LevelDB's iterators do not have (4.0.0): each
 * query would leave one open, and with it its snapshot, for as long as the process lives. Here they get one.
 */
export async function closeIterators(): Promise<void> {
  const { create } = await import('dynalite/db/index.js');
  const { db } = create({});
  const iterator = db.values();
  // What iterators in memory and on disk have in common is where they are closed.
  let shared: object = iterator;
  while (!Object.hasOwn(shared, 'close')) shared = Object.getPrototypeOf(shared);
  await iterator.close();
  await db.close();
  if ('return' in shared) return;
  Object.defineProperty(shared, 'return', {
    value(this: typeof iterator) {
      return this.close();
    },
  });
}
