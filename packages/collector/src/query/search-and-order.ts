/** Text that rows are searched for, and which of them come first. Pure. */
import { invalid } from '../http/query-params.js';

const MAX_SEARCH_CHARS = 200;

/** Reads `?search=`; empty: everything. */
export function parseSearch(query: URLSearchParams): string {
  const raw = query.get('search') ?? '';
  if (raw.length > MAX_SEARCH_CHARS)
    throw invalid('search', `must have at most ${MAX_SEARCH_CHARS} characters`);
  return raw;
}

/** Reads `?order=`. */
export function isAscending(query: URLSearchParams): boolean {
  const raw = query.get('order') ?? 'desc';
  if (raw !== 'asc' && raw !== 'desc') throw invalid('order', 'must be asc or desc');
  return raw === 'asc';
}

/** Whether the value has the text in it, in either case. Who searches for a page types it as people write it. */
export const hasText = (value: string, search: string): boolean =>
  search === '' || [value, decodeValue(value)].some((text) => fold(text).includes(fold(search)));

/** Of the same letters, whether they are written as one character or put together from parts, as file names on a Mac are. */
const fold = (text: string): string => text.normalize('NFC').toLowerCase();

/** A percent-encoded path as people write it; what is not one stays as it is. */
export function decodeValue(value: string): string {
  if (!value.includes('%')) return value;
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
