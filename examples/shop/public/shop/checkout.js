/** From the form to the thank-you page, where the purchase is counted: once per order. */
import { emptyCart, readCart, sums } from './cart.js';
import { sumList } from './cart-page.js';
import { CURRENCY, formatPrice, productBySlug } from './catalog.js';
import { element } from './dom.js';

const ORDER = 'kiln-and-leaf.order';

/**
 * @param {HTMLFormElement} form
 * @param {HTMLElement} summary
 */
export function takeOrder(form, summary) {
  const lines = readCart();
  if (lines.length === 0) {
    location.replace('/cart');
    return;
  }
  summary.replaceChildren(
    element('h2', {}, 'Your order'),
    ...lines.map(({ slug, quantity }) => element('p', {}, `${quantity} × ${productBySlug(slug)?.name}`)),
    sumList(lines),
  );
  liveinsight('track', 'begin_checkout', { value: sums(lines).total, currency: CURRENCY });
  form.addEventListener('submit', (submitted) => {
    submitted.preventDefault();
    const number = Date.now().toString(36).toUpperCase().slice(-6);
    const items = lines.reduce((sum, { quantity }) => sum + quantity, 0);
    sessionStorage.setItem(ORDER, JSON.stringify({ number, items, value: sums(lines).total }));
    emptyCart();
    location.assign('/thank-you');
  });
}

/** @param {HTMLElement} place */
export function thank(place) {
  const order = JSON.parse(sessionStorage.getItem(ORDER) ?? 'null');
  if (!order) return;
  place.textContent = `Order ${order.number} over ${formatPrice(order.value)} is with us.`;
  if (order.counted) return;
  liveinsight('conversion', 'purchase', { value: order.value, currency: CURRENCY });
  sessionStorage.setItem(ORDER, JSON.stringify({ ...order, counted: true }));
}
