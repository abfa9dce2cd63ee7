/** What the debug build says of a decision. Here: nothing; that build takes `debug-log-console.ts` in place of this file. */
export const debugLog = (_decision: string, ..._details: unknown[]): undefined => {};
