/** Says at most once in ten seconds what happens again and again: a full disk must not fill the log. */

const EVERY_MS = 10_000;

/** @param say called with the sum of what was added since it was called last: the first time at once */
export function createSummed(
  say: (sum: number, last: string) => void,
): (count: number, last?: string) => void {
  let sum = 0;
  let latest = '';
  let timer: NodeJS.Timeout | undefined;

  function flush(): void {
    timer = undefined;
    if (sum === 0) return;
    say(sum, latest);
    sum = 0;
    timer = setTimeout(flush, EVERY_MS).unref();
  }

  return (count, last = '') => {
    sum += count;
    latest = last;
    if (timer === undefined) flush();
  };
}
