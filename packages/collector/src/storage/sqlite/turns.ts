/** Calls of the port as callers of SQLite, which answers at once, have to make them. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { isOfSqlite, unavailable } from './explain.js';

type Call = (...args: never[]) => Promise<unknown>;

/** Each call in a turn of its own: a question whose every page is read at once would let no request in. */
export function inTurns<Calls extends Record<string, Call>>(calls: Calls): Calls {
  const waiting = Object.entries(calls).map(([name, call]) => [
    name,
    async (...args: never[]) => {
      await nextTurn();
      try {
        return await call(...args);
      } catch (error) {
        throw isOfSqlite(error) ? unavailable(error) : error;
      }
    },
  ]);
  return Object.fromEntries(waiting) as Calls;
}
