/** Lets others have their turn: the process also answers visitors, who must not wait until large numbers are read. */
import { setImmediate } from 'node:timers/promises';

/** Work between two turns, in bytes of what is read. */
const BYTES_AT_ONCE = 65_536;

/** To be awaited after each piece of work, with what it weighed. */
export function createBreather(): (bytes: number) => Promise<unknown> | undefined {
  let done = 0;
  return (bytes) => {
    done += bytes;
    if (done < BYTES_AT_ONCE) return undefined;
    done = 0;
    return setImmediate();
  };
}
