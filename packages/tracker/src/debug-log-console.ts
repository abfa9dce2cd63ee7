import type { ExtendedOptions } from './options.js';

/** Says on the console what the tracker does, and why. */
export const debugLog = (decision: string, ...details: unknown[]): undefined => {
  console.debug(`LiveInsight ${decision}:`, ...details);
};

const OPTIONS: Record<keyof ExtendedOptions, true> = {
  site: true,
  endpoint: true,
  consent: true,
  capture: true,
  clicks: true,
  hash: true,
  viewFlushAfterMs: true,
  flushAfterMs: true,
  flushAtEvents: true,
  flushAtChars: true,
  sampleRate: true,
  excludeLocalhost: true,
  heartbeatMs: true,
  release: true,
  cookieDomain: true,
  redact: true,
  beforeSend: true,
};

/** Names each option, or attribute of the tag, that does not exist, and the most similar one that does. */
export const checkOptions = (options: object): void => {
  const known = Object.keys(OPTIONS);
  for (const name of Object.keys(options).filter((name) => !known.includes(name))) {
    const distances = new Map(known.map((other) => [other, distance(name, other)]));
    const [nearest = ''] = known.sort(
      (one, other) => (distances.get(one) ?? 0) - (distances.get(other) ?? 0),
    );
    console.warn(
      `LiveInsight: unknown option "${name}" (attribute ${toAttribute(name)}); the nearest is "${nearest}" (${toAttribute(nearest)})`,
    );
  }
};

const toAttribute = (name: string) =>
  `data-${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

/** How many letters are inserted, deleted or replaced from one to the other (Levenshtein). */
const distance = (from: string, to: string): number => {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [line, letter] of [...from.toLowerCase()].entries()) {
    const next = [line + 1];
    for (const [column, other] of [...to.toLowerCase()].entries()) {
      const replaced = (row[column] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min(replaced, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
};
