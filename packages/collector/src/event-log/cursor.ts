/** A place in a list that is ordered by arrival, as text that a client hands back. Pure. */
import { invalid } from '../http/query-params.js';
import type { StoredBatch } from '../storage/event-store.js';
import { inOrder } from './scan-backward.js';

/** Of the last batch that was looked at. */
export interface LogPosition {
  /** Its arrival, in ms. */
  at: number;
  session: string;
  batch: string;
}

export interface Cursor extends LogPosition {
  /** End of the list's range, in ms: what arrives while it is paged through must not move it. */
  to: number;
  /** In a sorted list: its order, as `page_views:desc`, and the row that the page before ended with. */
  sorted?: { by: string; after?: SortKey };
}

/** Where a row stands in an order: the value that it is sorted by, and its session. */
export interface SortKey {
  value: string | number;
  session: string;
}

/** Before everything that arrived within the range. */
export const startPosition = (to: number): LogPosition => ({ at: to, session: '', batch: '' });

export const toPosition = ({ received_at, session_id, batch }: StoredBatch): LogPosition => ({
  at: received_at,
  session: session_id,
  batch,
});

export const isAfter = (batch: StoredBatch, { at, session, batch: name }: LogPosition): boolean =>
  inOrder(batch, { received_at: at, session_id: session, batch: name }) > 0;

/** The value that a row is sorted by can be a page's name. */
const MAX_CURSOR_CHARS = 4_000;

export function writeCursor({ to, at, session, batch, sorted }: Cursor): string {
  const { by, after } = sorted ?? {};
  const order = by === undefined ? [] : after ? [by, after.value, after.session] : [by];
  return Buffer.from(JSON.stringify([to, at, session, batch, ...order])).toString('base64url');
}

/** Reads `?cursor=`, or throws its refusal. */
export function parseCursor(query: URLSearchParams): Cursor | undefined {
  const raw = query.get('cursor');
  if (raw === null) return undefined;
  try {
    const parts = JSON.parse(Buffer.from(raw.slice(0, MAX_CURSOR_CHARS), 'base64url').toString());
    const [to, at, session, batch, by, value, last] = parts;
    if (isTime(to) && isTime(at) && isText(session) && isText(batch)) {
      const position = { to, at, session, batch };
      if (by === undefined) return position;
      const isKey = isText(last) && (isText(value) || typeof value === 'number');
      if (isText(by) && (isKey || value === undefined))
        return { ...position, sorted: { by, ...(isKey ? { after: { value, session: last } } : {}) } };
    }
  } catch {
    // Rejected below.
  }
  throw invalid('cursor', 'is invalid: use the cursor of a previous response');
}

const isTime = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && value <= 8_640_000_000_000_000;

const isText = (value: unknown): value is string => typeof value === 'string';
