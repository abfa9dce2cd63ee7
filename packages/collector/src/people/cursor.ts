/** A place in a list that is ordered by arrival, as text that a client hands back. Pure. */
import { invalid } from '../read/asked-site.js';
import type { StoredBatch } from '../store/store.js';
import { inOrder } from './newest-first.js';

/** Of the last batch that was looked at. */
export interface Place {
  /** Its arrival, in ms. */
  at: number;
  session: string;
  batch: string;
}

export interface Cursor extends Place {
  /** End of the list's range, in ms: what arrives while it is paged through must not move it. */
  to: number;
}

export const placeOf = ({ received_at, session_id, batch }: StoredBatch): Place => ({
  at: received_at,
  session: session_id,
  batch,
});

export const isBehind = (batch: StoredBatch, { at, session, batch: name }: Place): boolean =>
  inOrder(batch, { received_at: at, session_id: session, batch: name }) > 0;

const MAX_CURSOR_CHARS = 500;

export const writeCursor = ({ to, at, session, batch }: Cursor): string =>
  Buffer.from(JSON.stringify([to, at, session, batch])).toString('base64url');

/** Reads `?cursor=`, or throws its refusal. */
export function cursorOf(query: URLSearchParams): Cursor | undefined {
  const said = query.get('cursor');
  if (said === null) return undefined;
  try {
    const parts = JSON.parse(Buffer.from(said.slice(0, MAX_CURSOR_CHARS), 'base64url').toString());
    const [to, at, session, batch] = parts;
    if (isTime(to) && isTime(at) && isText(session) && isText(batch)) return { to, at, session, batch };
  } catch {
    // Told below.
  }
  throw invalid('cursor', 'must be one that an earlier answer gave');
}

const isTime = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && value <= 8_640_000_000_000_000;

const isText = (value: unknown): value is string => typeof value === 'string';
