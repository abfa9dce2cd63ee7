/** Logs a decision to the console in the debug build, which takes `debug-log-console.ts` in place of this file. Does nothing here. */
export const debugLog = (_decision: string, ..._details: unknown[]): undefined => {};

/** Names unknown options in the debug build. Does nothing here. */
export const checkOptions = (_options: object): void => {};
