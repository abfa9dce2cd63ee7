/** When to show what has arrived: at once when it is quiet, a few times a second when it is not, and fewer where none can be read alone. */

const EVERY_MS = 250;
const BUSY_EVERY_MS = 500;
/** More than so many since what was shown before are busy. */
const BUSY_EVENTS = 5;

export interface ShowTimer {
  /** Something has changed. @param arrived events among it */
  changed(arrived?: number): void;
  isBusy(): boolean;
  stop(): void;
}

export function createShowTimer(show: () => void): ShowTimer {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let shownAt = Number.NEGATIVE_INFINITY;
  let [arrivedBefore, arrivedSince] = [0, 0];
  const isBusy = (): boolean => arrivedBefore > BUSY_EVENTS;
  return {
    isBusy,
    changed(arrived = 0) {
      arrivedSince += arrived;
      const everyMs = isBusy() ? BUSY_EVERY_MS : EVERY_MS;
      timer ??= setTimeout(
        () => {
          timer = undefined;
          shownAt = performance.now();
          [arrivedBefore, arrivedSince] = [arrivedSince, 0];
          show();
        },
        Math.max(0, shownAt + everyMs - performance.now()),
      );
    },
    stop: () => clearTimeout(timer),
  };
}
