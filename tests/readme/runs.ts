/** Executes the snippets that a page marks with `<!-- run: name -->`. */

/** Gets the snippet's code; rejects when it does not do what the page says. */
export type Run = (code: string) => Promise<void>;

export const runs: Record<string, Run> = {};
