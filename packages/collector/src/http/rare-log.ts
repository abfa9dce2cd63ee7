/** Says what happens again and again to whoever runs the collector: often enough to be seen, seldom enough to be read. */

/** Milliseconds between two lines. */
const QUIET_MS = 10_000;

/**
 * A line at once, then at most one in ten seconds.
 * @param line of what happened last, and how often it did since the line before
 */
export function rareLog<Cause>(
  line: (cause: Cause, times: number) => string,
  write: (line: string) => void = (text) => console.error(text),
  nowMs: () => number = Date.now,
): (cause: Cause) => void {
  let writtenAt = Number.NEGATIVE_INFINITY;
  let times = 0;
  return (cause) => {
    times += 1;
    if (nowMs() - writtenAt < QUIET_MS) return;
    write(`LiveInsight: ${line(cause, times)}`);
    writtenAt = nowMs();
    times = 0;
  };
}
