/** Where a visitor goes next, and what they click to get there. Pure but for chance. */
import { PRODUCTS } from '../catalog.js';
import { maybe, oneOf } from './chance.js';

/**
 * @typedef {object} Step
 * @property {string} [to] the next page; without it the visit is over
 * @property {Record<string, string>} [click] what is clicked on the way
 * @property {'add' | 'buy'} [deed]
 */

/** @typedef {{ page: string, pages: number, cart: string[], interest: number, likes: string[], bot: boolean }} Position */

const link = (/** @type {string} */ text, /** @type {string} */ href, /** @type {string} */ id = '') => ({
  element_tag: 'A',
  element_text: text,
  href,
  ...(id ? { element_id: id } : {}),
});
const button = (/** @type {string} */ text, /** @type {string} */ id) => ({
  element_tag: 'BUTTON',
  element_text: text,
  element_id: id,
});

/**
 * @param {Position} at
 * @returns {Step}
 */
export function nextStep(at) {
  if (at.bot) return at.pages < 6 ? { to: oneOf(PRODUCTS.map(({ slug }) => `/products/${slug}`)) } : {};
  const patience = 0.55 + 0.4 * at.interest - 0.025 * at.pages;
  const onTheWayToBuy = ['/cart', '/checkout'].includes(at.page);
  if (!onTheWayToBuy && !maybe(patience)) return {};
  if (at.page === '/cart') {
    return maybe(0.72)
      ? {
          to: '/checkout',
          click: { ...link('To the checkout', '/checkout', 'to-checkout'), element_class: 'button' },
        }
      : {};
  }
  if (at.page === '/checkout') {
    if (!maybe(0.7)) return {};
    return { to: '/thank-you', click: button('Place the order', 'place-order'), deed: 'buy' };
  }
  if (at.page === '/thank-you') return {};
  if (at.page.startsWith('/products/')) return fromProduct(at);
  if (at.page === '/products') return toProduct(at);
  if (at.page === '/' && maybe(0.35)) return toProduct(at);
  if (at.page === '/' && maybe(0.2))
    return { to: '/about', click: link('How we work', '/about', 'hero-about') };
  return { to: '/products', click: link('See what is on the shelf', '/products', 'hero-shop') };
}

/** @param {Position} at */
function fromProduct(at) {
  const slug = at.page.slice('/products/'.length);
  if (!at.cart.includes(slug) && maybe(0.15 + 0.45 * at.interest)) {
    /** @type {Step} */
    const step = { to: at.page, click: button('Add to cart', 'add-to-cart'), deed: 'add' };
    return step;
  }
  if (at.cart.length > 0 && maybe(0.6)) return { to: '/cart', click: link('Cart', '/cart') };
  return maybe(0.5) ? toProduct(at) : { to: '/products', click: link('Shop', '/products') };
}

/** @param {Position} at */
function toProduct({ likes, page }) {
  const names = PRODUCTS.filter(({ slug }) => !page.endsWith(slug));
  const liked = names.filter(({ slug }) => likes.includes(slug));
  const { slug, name } = oneOf(liked.length > 0 && maybe(0.6) ? liked : names);
  return { to: `/products/${slug}`, click: link(name, `/products/${slug}`) };
}
