/** When to ask next: later calls may bring the time forward, but never put it off. */

export interface PollTimer {
  /** Asks no later than in so many milliseconds. */
  within(delayMs: number): void;
  stop(): void;
}

export function createPollTimer(ask: () => void): PollTimer {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let dueAt = Number.POSITIVE_INFINITY;

  function stop(): void {
    clearTimeout(timer);
    dueAt = Number.POSITIVE_INFINITY;
  }

  return {
    stop,
    within(delayMs) {
      const at = performance.now() + delayMs;
      if (at >= dueAt) return;
      stop();
      dueAt = at;
      timer = setTimeout(() => {
        dueAt = Number.POSITIVE_INFINITY;
        ask();
      }, delayMs);
    },
  };
}
