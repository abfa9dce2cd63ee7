/** Batches under way at once: more would wait for longer than a request may take. */
const WRITERS = 50;

/**
 * Writes batches as the log takes them.
 * @param {Pick<import('@liveinsight/collector').Store, 'append'>} store
 * @param {Iterable<any>} batches
 * @param {number} writers
 */
export async function writeAll(store, batches, writers = WRITERS) {
  const iterator = batches[Symbol.iterator]();
  const count = { events: 0, batches: 0 };
  const write = async () => {
    for (let next = iterator.next(); !next.done; next = iterator.next()) {
      const outcome = await store.append(next.value);
      if (outcome.kind !== 'stored') throw new Error(JSON.stringify(outcome));
      count.batches += 1;
      count.events += next.value.events.length;
    }
  };
  await Promise.all(Array.from({ length: writers }, write));
  return count;
}
