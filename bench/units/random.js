// Chance that repeats itself: the same seed gives the same visits.

/** @param {number} seed */
export function createRandom(seed) {
  let state = seed;
  /** From 0 up to 1 (mulberry32). */
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const hex = (/** @type {number} */ digits) =>
    Array.from({ length: digits }, () => Math.floor(next() * 16).toString(16)).join('');
  return {
    next,
    chance: (/** @type {number} */ share) => next() < share,
    /** @template T @param {readonly [T, ...T[]]} list @returns {T} */
    oneOf: (list) => list[Math.floor(next() * list.length)] ?? list[0],
    /** Log-normal: most near the median, a few far above it. */
    around: (/** @type {number} */ median, spread = 0.8) =>
      median * Math.exp(spread * (next() + next() + next() + next() - 2) * 1.7),
    hex,
    /** A version 7 UUID of that time in ms. */
    uuid(/** @type {number} */ ms) {
      const time = Math.floor(ms).toString(16).padStart(12, '0');
      return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(3)}-${'89ab'[Math.floor(next() * 4)]}${hex(3)}-${hex(12)}`;
    },
  };
}
/** @typedef {ReturnType<typeof createRandom>} Random */
