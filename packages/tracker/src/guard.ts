/** Makes a function that never throws, now or later: nothing that goes wrong here may show on the page. */
export type Guard = <Args extends unknown[]>(
  run: (...args: Args) => unknown,
) => (...args: Args) => Promise<void>;
