/** Chance, as people have it: weights, likelihoods, and times that are mostly short and sometimes long. */

/** @param {number} likelihood 0 to 1 */
export const maybe = (likelihood) => Math.random() < likelihood;

/**
 * @template T
 * @param {readonly T[]} list not empty
 * @returns {T}
 */
export function oneOf(list) {
  return /** @type {T} */ (list[Math.floor(Math.random() * list.length)]);
}

/**
 * @template {{ weight: number }} T
 * @param {readonly T[]} list not empty
 * @returns {T}
 */
export function weighted(list) {
  let left = Math.random() * list.reduce((sum, { weight }) => sum + weight, 0);
  for (const item of list) {
    left -= item.weight;
    if (left < 0) return item;
  }
  return oneOf(list);
}

/**
 * Log-normal, as dwell times are.
 * @param {number} medianMs
 */
export function dwellMs(medianMs) {
  const normal = Math.sqrt(-2 * Math.log(1 - Math.random())) * Math.cos(2 * Math.PI * Math.random());
  return Math.round(Math.min(medianMs * 6, medianMs * Math.exp(0.6 * normal)));
}

/** A version 7 UUID: ids that sort by time. Works on plain http too, where `crypto.randomUUID` does not exist. */
export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  let time = Date.now();
  for (let i = 5; i >= 0; i -= 1) {
    bytes[i] = time % 256;
    time = Math.floor(time / 256);
  }
  bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
