/** Inflates as much of a state as a budget allows. Pure. */
import { constants, inflateRawSync } from 'node:zlib';

export interface Inflated {
  text: string;
  /** Whether there was more. */
  isCut: boolean;
}

/** What older versions have stored may inflate to any size: beyond `maxBytes` only its beginning is returned. */
export function inflatePart(bytes: Uint8Array, maxBytes: number): Inflated {
  const complete = tryInflate(bytes, maxBytes, constants.Z_FINISH);
  if (complete !== undefined) return { text: complete, isCut: false };
  // The beginning of a deflated text inflates to the beginning of the text, if its missing end is taken for a flush.
  for (let length = bytes.length >> 1; length > 0; length >>= 1) {
    const part = tryInflate(bytes.subarray(0, length), maxBytes, constants.Z_SYNC_FLUSH);
    if (part !== undefined) return { text: part, isCut: true };
  }
  return { text: '', isCut: true };
}

/** Undefined if it is more than `maxBytes`. */
function tryInflate(bytes: Uint8Array, maxBytes: number, finishFlush: number): string | undefined {
  try {
    return inflateRawSync(bytes, { maxOutputLength: maxBytes, finishFlush }).toString();
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
