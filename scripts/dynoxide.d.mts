/** Whether it can be started on this machine. */
export const hasDynoxide: boolean;

/** Starts it on a port of its own. It ends with this process. */
export function startDynoxide(): Promise<{ endpoint: string; close(): Promise<void> }>;
