/** Why a segment cannot be read: which part of it to look at, and whether a newer version could. */
export type UnreadableReason =
  /** Written by a newer version. */
  | 'layout'
  /** The bytes are not those that were written. */
  | 'checksum'
  /** Parts are missing, or are of different segments. */
  | 'parts'
  /** What the bytes say cannot be. */
  | 'content';

/** The stored columns of some time cannot be read: that time is not known by column, the rest is. */
export class UnreadableSegmentError extends Error {
  override name = 'UnreadableSegmentError';

  constructor(
    readonly reason: UnreadableReason,
    message: string,
  ) {
    super(`unreadable segment: ${message}`);
  }
}

export const unreadable = (message: string): UnreadableSegmentError =>
  new UnreadableSegmentError('content', message);
