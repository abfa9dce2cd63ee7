/** The cart's page: lines that can be changed, and what it comes to. */
import { MAX_OF_ONE, readCart, setQuantity, sums } from './cart.js';
import { formatPrice, productBySlug } from './catalog.js';
import { element } from './dom.js';

/** @param {HTMLElement} place */
export function showCart(place) {
  const draw = () => place.replaceChildren(...(readCart().length === 0 ? empty() : full()));
  addEventListener('cart-changed', draw);
  draw();
}

const empty = () => [
  element('p', { class: 'lead' }, 'Nothing in it yet.'),
  element('p', {}, element('a', { class: 'button', href: '/products' }, 'See what is on the shelf')),
];

function full() {
  const lines = readCart();
  return [
    element('ul', { class: 'lines' }, ...lines.map(lineRow)),
    sumList(lines),
    element(
      'div',
      { class: 'cart-actions' },
      element('a', { href: '/products' }, 'Look at more'),
      element('a', { class: 'button', href: '/checkout', id: 'to-checkout' }, 'To the checkout'),
    ),
  ];
}

/** @param {import('./cart.js').Line} line */
function lineRow({ slug, quantity }) {
  const product = productBySlug(slug);
  if (!product) return '';
  const choice = element('select', { 'aria-label': `Quantity of ${product.name}` });
  for (let n = 1; n <= MAX_OF_ONE; n += 1) {
    choice.append(element('option', n === quantity ? { selected: '' } : {}, String(n)));
  }
  choice.addEventListener('change', () => {
    if (choice instanceof HTMLSelectElement) setQuantity(slug, Number(choice.value));
  });
  const remove = element('button', { type: 'button', 'aria-label': `Remove ${product.name}` }, 'Remove');
  remove.addEventListener('click', () => {
    setQuantity(slug, 0);
    liveinsight('track', 'remove_from_cart', { product: slug });
  });
  return element(
    'li',
    {},
    element('img', { src: `/art/${slug}.svg`, alt: '', width: '72', height: '72' }),
    element('a', { href: `/products/${slug}` }, product.name),
    element('span', { class: 'sum' }, formatPrice(product.price * quantity)),
    element('span', { class: 'amount' }, choice, `${formatPrice(product.price)} each`, remove),
  );
}

/** @param {import('./cart.js').Line[]} lines */
export function sumList(lines) {
  const { goods, shipping, total } = sums(lines);
  const row = (/** @type {string} */ name, /** @type {string} */ amount, /** @type {string} */ look) =>
    element(
      'div',
      { class: look },
      element('dt', {}, name),
      element('dd', { class: look === 'total' ? '' : 'sum' }, amount),
    );
  return element(
    'dl',
    { class: 'sums' },
    row('Goods', formatPrice(goods), ''),
    row('Shipping', shipping === 0 ? 'free' : formatPrice(shipping), ''),
    row('Total, VAT included', formatPrice(total), 'total'),
  );
}
