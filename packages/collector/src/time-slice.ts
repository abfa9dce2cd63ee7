/** Long work in slices: the process also serves visitors, who must not wait until it has read large numbers. */
import { setImmediate } from 'node:timers/promises';

/** Milliseconds of work between two turns of the event loop. A request needs a few turns, so it waits for a few slices. */
const SLICE_MS = 5;

/** To be called between pieces of work: where the slice is used up, what it returns is to be awaited. */
export function createTimeSlice(): () => Promise<unknown> | undefined {
  let endsAt = performance.now() + SLICE_MS;
  return () => {
    if (performance.now() < endsAt) return undefined;
    return setImmediate().then(() => {
      endsAt = performance.now() + SLICE_MS;
    });
  };
}

/** Lets one caller through per turn of the event loop, in order: others' short work passes between. */
export function createTurns(): () => Promise<unknown> {
  let last: Promise<unknown> = Promise.resolve();
  return () => {
    last = last.then(() => setImmediate());
    return last;
  };
}
