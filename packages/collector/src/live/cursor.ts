/** Where a reader is in what a process has told of: exact there, and to the second anywhere else. Pure. */

export interface LiveCursor {
  /** The process that gave it. */
  process: string;
  /** Number of the last arrival that the reader has, in that process's order. */
  number: number;
  /** Arrival (ms) up to which any other process can take it that the reader has most. */
  receivedAt: number;
}

export const formatCursor = ({ process, number, receivedAt }: LiveCursor): string =>
  `${process}-${number}-${receivedAt}`;

/** Undefined for what no process gave. */
export function parseCursor(text: string): LiveCursor | undefined {
  const [, process, number, receivedAt] = /^([0-9a-f]{8})-(\d{1,15})-(\d{1,15})$/.exec(text) ?? [];
  if (process === undefined) return undefined;
  return { process, number: Number(number), receivedAt: Number(receivedAt) };
}
