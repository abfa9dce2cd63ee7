/** The cart, kept in this browser. */
import { FREE_SHIPPING_FROM, productBySlug, SHIPPING } from './catalog.js';

/** @typedef {{ slug: string, quantity: number }} Line */

const KEY = 'kiln-and-leaf.cart';
export const MAX_OF_ONE = 9;

/** @returns {Line[]} */
export function readCart() {
  try {
    const lines = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    return lines.filter((/** @type {Line} */ line) => productBySlug(line.slug) && line.quantity > 0);
  } catch {
    return []; // Storage is denied, or holds what another shop left there.
  }
}

/** @param {Line[]} lines */
function writeCart(lines) {
  try {
    localStorage.setItem(KEY, JSON.stringify(lines));
  } catch {
    // Without storage the cart lasts as long as the page.
  }
  dispatchEvent(new Event('cart-changed'));
}

/**
 * @param {string} slug
 * @param {number} quantity in all; 0 takes it out
 */
export function setQuantity(slug, quantity) {
  const lines = readCart();
  const kept = lines.map((line) => (line.slug === slug ? { slug, quantity } : line));
  if (!lines.some((line) => line.slug === slug)) kept.push({ slug, quantity });
  writeCart(kept.filter((line) => line.quantity > 0));
}

/**
 * @param {string} slug
 * @param {number} more
 */
export function addToCart(slug, more) {
  const now = readCart().find((line) => line.slug === slug)?.quantity ?? 0;
  setQuantity(slug, Math.min(MAX_OF_ONE, now + more));
}

export const emptyCart = () => writeCart([]);

export const countItems = () => readCart().reduce((sum, { quantity }) => sum + quantity, 0);

/** @param {Line[]} lines */
export function sums(lines) {
  const goods = lines.reduce(
    (sum, { slug, quantity }) => sum + (productBySlug(slug)?.price ?? 0) * quantity,
    0,
  );
  const shipping = goods === 0 || goods >= FREE_SHIPPING_FROM ? 0 : SHIPPING;
  return { goods, shipping, total: Math.round((goods + shipping) * 100) / 100 };
}
