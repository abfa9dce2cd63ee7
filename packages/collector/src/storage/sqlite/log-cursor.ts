/** Where a page of the log ended: the arrival and number of its last row. Opaque to all others. */
import { type ArrivalsQuery, InvalidCursorError } from '../event-store.js';

export interface LogPosition {
  receivedAt: number;
  id: number;
}

type Of = Pick<ArrivalsQuery, 'site' | 'day' | 'shard'>;

export const toCursor = ({ site, day, shard }: Of, { receivedAt, id }: LogPosition): string =>
  JSON.stringify([site, day, shard, receivedAt, id]);

/** Throws an `InvalidCursorError` for what no page of the same query gave. */
export function parseCursor(after: string, { site, day, shard, from, to }: ArrivalsQuery): LogPosition {
  const value = parse(after);
  if (Array.isArray(value) && value.length === 5) {
    const [ofSite, ofDay, ofShard, receivedAt, id] = value;
    const isSame = ofSite === site && ofDay === day && ofShard === shard;
    if (
      isSame &&
      Number.isFinite(receivedAt) &&
      receivedAt >= from &&
      receivedAt < to &&
      Number.isSafeInteger(id)
    )
      return { receivedAt, id };
  }
  throw new InvalidCursorError(`no page of this query ended at ${after}`);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
