/** Makes a function that never throws: nothing that goes wrong here may show on the page. */
export type Guard = <Args extends unknown[]>(run: (...args: Args) => void) => (...args: Args) => void;
