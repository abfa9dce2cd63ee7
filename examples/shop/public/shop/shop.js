/** What the pages share: the cart's count, adding to it, the letter; and the parts that single pages need. */
import { addToCart, countItems } from './cart.js';
import { showCart } from './cart-page.js';
import { CURRENCY, productBySlug } from './catalog.js';
import { takeOrder, thank } from './checkout.js';
import { byId } from './dom.js';
import { offerSimulation } from './simulate.js';

const page = location.pathname.replace(/(.)\/$/, '$1');
for (const link of document.querySelectorAll('.top nav a')) {
  if (link.getAttribute('href') === page) link.setAttribute('aria-current', 'page');
}

const count = byId('cart-count');
const showCount = () => {
  const items = countItems();
  if (count) count.textContent = items === 0 ? '' : String(items);
};
addEventListener('cart-changed', showCount);
addEventListener('storage', showCount);
showCount();

const add = byId('add');
if (add instanceof HTMLFormElement) {
  add.addEventListener('submit', (submitted) => {
    submitted.preventDefault();
    const product = productBySlug(add.dataset.slug ?? '');
    if (!product) return;
    const quantity = Number(new FormData(add).get('quantity'));
    addToCart(product.slug, quantity);
    liveinsight('track', 'add_to_cart', {
      product: product.slug,
      quantity,
      value: product.price * quantity,
      currency: CURRENCY,
    });
    const added = byId('added');
    if (added) added.textContent = `${product.name} is in your cart.`;
  });
}

const newsletter = byId('newsletter');
if (newsletter instanceof HTMLFormElement) {
  newsletter.addEventListener('submit', (submitted) => {
    submitted.preventDefault();
    liveinsight('conversion', 'newsletter');
    newsletter.reset();
    const status = byId('newsletter-status');
    if (status) status.textContent = 'Thank you. This being a demo, no letter will come.';
  });
}

const cart = byId('cart');
if (cart) showCart(cart);
const order = byId('order');
const summary = byId('summary');
if (order instanceof HTMLFormElement && summary) takeOrder(order, summary);
const thanks = byId('thanks');
if (thanks) thank(thanks);

offerSimulation();
