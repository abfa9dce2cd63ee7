/** A place in a list that is ordered by arrival, as text that a client hands back. Pure. */
import { invalid } from '../read/asked-site.js';

export interface Cursor {
  /** End of the list's range, in ms: what arrives while it is paged through must not move it. */
  to: number;
  /** Arrival of the last row, in ms. */
  at: number;
  /** What tells rows of the same arrival apart. */
  id: string;
}

const MAX_CURSOR_CHARS = 500;

export const writeCursor = ({ to, at, id }: Cursor): string =>
  Buffer.from(JSON.stringify([to, at, id])).toString('base64url');

/** Reads `?cursor=`, or throws its refusal. */
export function cursorOf(query: URLSearchParams): Cursor | undefined {
  const said = query.get('cursor');
  if (said === null) return undefined;
  try {
    const [to, at, id] = JSON.parse(Buffer.from(said.slice(0, MAX_CURSOR_CHARS), 'base64url').toString());
    if (isTime(to) && isTime(at) && typeof id === 'string') return { to, at, id };
  } catch {
    // Told below.
  }
  throw invalid('cursor', 'must be one that an earlier answer gave');
}

const isTime = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && value <= 8_640_000_000_000_000;
