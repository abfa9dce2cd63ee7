/** A value that is read again when it is old; where that takes long or fails, the old one serves on. */

/** So long the first caller waits for a newer value while an old one is at hand, in ms. */
const PATIENCE_MS = 500;

export interface TtlCache<Value> {
  get(): Promise<Value>;
}

/** @param onStale hears why the value could not be read again */
export function ttlCache<Value>(
  read: () => Promise<Value>,
  ttlMs: number,
  onStale: (error: unknown) => void,
): TtlCache<Value> {
  let last: { value: Value; at: number } | undefined;
  let pending: Promise<Value> | undefined;

  async function readAgain(): Promise<Value> {
    try {
      const value = await read();
      last = { value, at: Date.now() };
      return value;
    } catch (error) {
      if (!last) throw error;
      last = { value: last.value, at: Date.now() };
      onStale(error);
      return last.value;
    } finally {
      pending = undefined;
    }
  }

  return {
    async get() {
      if (last && Date.now() - last.at < ttlMs) return last.value;
      if (pending) return last?.value ?? pending;
      pending = readAgain();
      return last ? soon(pending, last.value) : pending;
    },
  };
}

function soon<Value>(newer: Promise<Value>, old: Value): Promise<Value> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(old), PATIENCE_MS);
    newer.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
