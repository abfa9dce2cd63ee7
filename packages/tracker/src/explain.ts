/** What the debug build says of a decision. Here: nothing; that build takes `explain-debug.ts` in place of this file. */
export const explain = (_decision: string, ..._details: unknown[]): undefined => {};
