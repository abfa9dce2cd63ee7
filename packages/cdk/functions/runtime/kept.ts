/** A value that is read again when it is old; where that fails, the old one serves on. */

export interface Kept<Value> {
  get(): Promise<Value>;
}

/** @param onStale hears why the value could not be read again */
export function kept<Value>(
  read: () => Promise<Value>,
  forMs: number,
  onStale: (error: unknown) => void,
): Kept<Value> {
  let last: { value: Value; at: number } | undefined;
  let reading: Promise<Value> | undefined;

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
      reading = undefined;
    }
  }

  return {
    async get() {
      if (last && Date.now() - last.at < forMs) return last.value;
      reading ??= readAgain();
      return reading;
    },
  };
}
