/** Where a page of the log ended, as the next one is asked for: opaque to all others. */
import type { ArrivalsQuery } from '../event-store.js';
import { InvalidCursorError } from '../event-store.js';
import type { Attribute, Item } from './attribute-codec.js';
import { arrivalsKey, sessionKey } from './keys.js';

const KEY = ['pk', 'sk', 'arrivals', 'received_at'] as const;

export interface Continuation {
  /** Of the last item. */
  key: Item;
  /** Items to ask for at most: as many as were not too much before. Undefined: as many as are wanted. */
  items: number | undefined;
}

/** @param lastItem undefined at the end of the stretch */
export function toNext(lastItem: Item | undefined, items: number | undefined): { next?: string } {
  if (!lastItem) return {};
  const key: Record<string, Attribute | undefined> = {};
  for (const name of KEY) key[name] = lastItem[name];
  return { next: JSON.stringify(items === undefined ? key : { ...key, items: { N: String(items) } }) };
}

/** Throws a `InvalidCursorError` for what no page of the stretch gave. */
export function continueFrom(after: string, { site, day, shard, from, to }: ArrivalsQuery): Continuation {
  const { items, ...key } = parsed(after) ?? {};
  const receivedAt = Number(key.received_at?.N);
  const isWithin =
    key.pk?.S?.startsWith(sessionKey(site, '')) &&
    key.sk?.S &&
    key.arrivals?.S === arrivalsKey(site, day, shard) &&
    receivedAt >= from &&
    receivedAt < to;
  const isCount = items === undefined || Number(items.N) >= 1;
  if (!isWithin || !isCount || Object.keys(key).length !== KEY.length)
    throw new InvalidCursorError(`no place: ${after}`);
  return { key, items: items === undefined ? undefined : Math.floor(Number(items.N)) };
}

function parsed(text: string): Item | undefined {
  try {
    return JSON.parse(text) ?? undefined;
  } catch {
    return undefined;
  }
}
