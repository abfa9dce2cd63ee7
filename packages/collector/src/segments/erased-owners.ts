/** Whose events an erasure takes out of columns, by keyed hashes: stored with the days that it marks. Pure. */
import type { Chunk } from '../columns/chunk.js';
import type { ContextOwner } from '../columns/derive-chunk.js';

/** An erasure of a visitor; or of a user, whose sessions have events that name nobody: they are the user's, too. */
export interface ErasedOwner {
  visitor?: bigint;
  user?: bigint;
  /** Of a user: the session that is erased. Absent: each in which the user is found. */
  session?: bigint;
  /** What arrived from then on (ms) stays: the log still has it. */
  before: number;
}

interface Packed {
  visitor?: string;
  user?: string;
  session?: string;
  before: number;
}

export function encodeOwner({ visitor, user, session, before }: ErasedOwner): string {
  const packed: Packed = {
    ...(visitor === undefined ? {} : { visitor: visitor.toString(16) }),
    ...(user === undefined ? {} : { user: user.toString(16) }),
    ...(session === undefined ? {} : { session: session.toString(16) }),
    before,
  };
  return JSON.stringify(packed);
}

export function decodeOwner(text: string): ErasedOwner {
  const { visitor, user, session, before }: Packed = JSON.parse(text);
  return {
    ...(visitor === undefined ? {} : { visitor: parseHex(visitor) }),
    ...(user === undefined ? {} : { user: parseHex(user) }),
    ...(session === undefined ? {} : { session: parseHex(session) }),
    before,
  };
}

const parseHex = (hex: string): bigint => BigInt(`0x${hex}`);

/** Says of a context of the chunk before which arrival (ms) its events go; -Infinity for none. */
export function matchOwners(chunk: Chunk, owners: readonly ErasedOwner[]): (owner: ContextOwner) => number {
  const visitors = new Map<bigint, number>();
  const users = new Map<bigint, number>();
  const sessions = new Map<string, number>();
  const note = <Key>(map: Map<Key, number>, key: Key, before: number) =>
    map.set(key, Math.max(map.get(key) ?? Number.NEGATIVE_INFINITY, before));
  for (const { visitor, user, session, before } of owners) {
    if (visitor !== undefined) note(visitors, visitor, before);
    else if (user !== undefined && session === undefined) note(users, user, before);
    else if (user !== undefined) for (const one of [user, 0n]) note(sessions, `${session} ${one}`, before);
  }
  if (users.size > 0) {
    for (const { user, session } of listOwners(chunk)) {
      const before = users.get(user);
      if (before !== undefined) note(sessions, `${session} 0`, before);
    }
  }
  return ({ visitor, user, session }) =>
    Math.max(
      visitors.get(visitor) ?? Number.NEGATIVE_INFINITY,
      users.get(user) ?? Number.NEGATIVE_INFINITY,
      sessions.get(`${session} ${user}`) ?? Number.NEGATIVE_INFINITY,
    );
}

/** Whether anything of the chunk may go. */
export function hasMatch(chunk: Chunk, goneBefore: (owner: ContextOwner) => number): boolean {
  for (const owner of listOwners(chunk)) if (goneBefore(owner) > chunk.from) return true;
  return false;
}

function* listOwners(chunk: Chunk): Generator<ContextOwner> {
  const { count, session: number, visitor } = chunk.context();
  const { session, user } = chunk.ids();
  for (let context = 0; context < count; context += 1) {
    const place = number[context] ?? 0;
    yield {
      session: join(session.high[place], session.low[place]),
      visitor: join(visitor.high[context], visitor.low[context]),
      user: join(user.high[context], user.low[context]),
    };
  }
}

const join = (high = 0, low = 0): bigint => (BigInt(high) << 32n) | BigInt(low);
