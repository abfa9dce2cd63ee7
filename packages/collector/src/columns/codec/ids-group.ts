/** Hashes of sessions, and of users where there are any. */
import type { ContextColumns, HashColumn, IdColumns } from '../chunk.js';
import type { GroupReader } from './group-reader.js';
import type { GroupWriter } from './group-writer.js';
import { findHashes, writeHashes } from './hash-column.js';
import { findIntegers, writeIntegers } from './integer-column.js';
import { lazily, type OnDecoded } from './lazily.js';
import { pickRows } from './pick-rows.js';

export function writeIds(writer: GroupWriter, { session, user }: IdColumns): void {
  writeHashes(writer, session);
  const { distinct, codes } = listUsers(user);
  writer.varint(distinct.high.length);
  writeHashes(writer, distinct);
  writeIntegers(writer, codes);
}

export function readIds(
  reader: GroupReader,
  { count, sessions }: ContextColumns,
  onDecoded: OnDecoded,
): IdColumns {
  const session = findHashes(reader, sessions);
  const users = reader.varint(count);
  const distinct = findHashes(reader, users);
  const codes = findIntegers(reader, count);
  return lazily<IdColumns>(
    {
      session: () => session.decode(),
      user: () => {
        const [{ high, low }, ofContext] = [distinct.decode(), codes.decode(new Uint32Array(count), users)];
        // The first stands for none.
        const pick = (words: Uint32Array) => pickRows(new Uint32Array(count), [0, ...words], ofContext);
        return { high: pick(high), low: pick(low) };
      },
    },
    onDecoded,
  );
}

/** Each user once, and which one each context has, 0 for none. */
function listUsers({ high, low }: HashColumn): { distinct: HashColumn; codes: Uint32Array } {
  const known = new Map<bigint, number>();
  const codes = new Uint32Array(high.length);
  for (let row = 0; row < codes.length; row += 1) {
    if (high[row] === 0 && low[row] === 0) continue;
    const hash = (BigInt(high[row] ?? 0) << 32n) | BigInt(low[row] ?? 0);
    const code = known.get(hash) ?? known.size + 1;
    known.set(hash, code);
    codes[row] = code;
  }
  const hashes = [...known.keys()];
  return {
    distinct: {
      high: Uint32Array.from(hashes, (hash) => Number(hash >> 32n)),
      low: Uint32Array.from(hashes, (hash) => Number(hash & 0xffffffffn)),
    },
    codes,
  };
}
