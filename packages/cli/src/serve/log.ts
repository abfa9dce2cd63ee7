/** A line of JSON for each thing that somebody who runs the server wants to know. */

export type Level = 'info' | 'warning' | 'error';
export type Log = (level: Level, event: string, fields?: Record<string, unknown>) => void;

export const createLog =
  (write: (line: string) => void = (line) => process.stdout.write(line)): Log =>
  (level, event, fields = {}) =>
    write(`${JSON.stringify({ time: new Date().toISOString(), level, event, ...fields })}\n`);

export const errorText = (error: unknown): string => (error instanceof Error ? error.message : String(error));
