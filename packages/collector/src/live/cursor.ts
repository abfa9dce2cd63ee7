/** Where a reader is in what a watch has told of: exact there, and to the second anywhere else. Pure. */

export interface LiveCursor {
  /** The watch that gave it: one site's of one collector, for as long as that is there. */
  feed: string;
  /** Number of the last arrival that the reader has, in that watch's order. */
  number: number;
  /** Arrival (ms) up to which any other watch can take it that the reader has most. */
  receivedAt: number;
}

export const formatCursor = ({ feed, number, receivedAt }: LiveCursor): string =>
  `${feed}-${number}-${receivedAt}`;

/** Undefined for what no watch gave. */
export function parseCursor(text: string): LiveCursor | undefined {
  const [, feed, number, receivedAt] = /^([0-9a-f]{8})-(\d{1,15})-(\d{1,15})$/.exec(text) ?? [];
  if (feed === undefined) return undefined;
  return { feed, number: Number(number), receivedAt: Number(receivedAt) };
}
