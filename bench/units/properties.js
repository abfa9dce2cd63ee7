// What applications add to their events: the same properties on each, of values that the page decides.
import { createRandom } from './random.js';

const NAMES = [
  'experiment',
  'variant',
  'list_name',
  'position',
  'price',
  'stock',
  'category',
  'brand',
  'rating',
  'delivery',
  'member',
  'shelf',
  'material',
  'season',
];
const WORDS = /** @type {const} */ ([
  'control',
  'treatment',
  'search results',
  'recently viewed',
  'in stock',
  'ships tomorrow',
  'standard',
  'outdoor',
  'waterproof',
  'winter 2026',
]);

/**
 * The event with properties up to about that many bytes of JSON.
 * @param {Record<string, unknown> & { event_id: string }} event
 * @param {number} bytes
 */
export function withProperties(event, bytes) {
  const random = createRandom(hash(String(event.page_url)));
  /** @type {Record<string, string | number>} */
  const props = {};
  for (const name of NAMES) {
    if (JSON.stringify({ ...event, props }).length >= bytes) break;
    props[name] = random.chance(0.6) ? random.oneOf(WORDS) : Math.floor(random.next() * 10_000) / 100;
  }
  return { ...event, props };
}

/** @param {string} text */
function hash(text) {
  let value = 0;
  for (let at = 0; at < text.length; at += 1) value = (Math.imul(value, 31) + text.charCodeAt(at)) | 0;
  return value;
}
