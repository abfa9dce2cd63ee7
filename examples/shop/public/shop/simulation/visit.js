/** One visit, from the first page to the last: what the tracker would send if this were a person. */

import { sums } from '../cart.js';
import { CURRENCY, PRODUCTS, productBySlug } from '../catalog.js';
import { dwellMs, maybe, newId } from './chance.js';
import { nextStep } from './path.js';

const MAX_PAGES = 25;

/**
 * @param {import('./people.js').Visitor} visitor
 * @param {(batch: Record<string, unknown>) => Promise<void>} post
 * @param {(ms: number) => Promise<void>} pause
 */
export async function visit(visitor, post, pause) {
  const { visitor_id, session, context, bot, likes, interest } = visitor;
  /** @type {Set<string>} */
  const seen = new Set();
  /** @type {string[]} */
  const cart = [];
  /** @type {Record<string, unknown>[]} */
  let waiting = [];
  /** @type {string | undefined} */
  let user_id;
  let page = session.entry_page;
  /** @type {string | undefined} */
  let fromPage;
  let lastAt = Date.now();
  let conversions = 0;

  const record = (/** @type {string} */ event_type, /** @type {Record<string, unknown>} */ fields = {}) => {
    const now = Date.now();
    waiting.push({
      event_id: newId(),
      event_type,
      timestamp: now,
      page_url: location.origin + page,
      gap_ms: now - lastAt,
      ...fields,
    });
    lastAt = now;
  };
  // Nobody here buys twice in a visit, or signs up twice: the ordinal within the type is always 1.
  const convert = (
    /** @type {string} */ conversion_type,
    /** @type {Record<string, unknown>} */ money = {},
  ) => {
    conversions += 1;
    record('conversion', { conversion_type, ...money, nth: conversions, nth_of_type: 1 });
  };
  const flush = async () => {
    const events = waiting;
    waiting = [];
    const batch = events[0]?.event_id;
    await post({
      v: 1,
      site: 'default',
      batch,
      session,
      visitor_id,
      ...(user_id ? { user_id } : {}),
      context,
      events,
    });
  };

  for (let view = 1; view <= MAX_PAGES; view += 1) {
    record('page_view', {
      page_title: titleOf(page),
      view,
      from_page: fromPage,
      first_on_page: !seen.has(page),
    });
    seen.add(page);
    await flush();
    const step = await stay();
    if (step.to === undefined) break;
    fromPage = page;
    page = step.to;
    if (step.deed === 'buy') {
      user_id = `customer-${visitor_id.slice(-6)}`;
      const { total } = sums(cart.map((slug) => ({ slug, quantity: 1 })));
      convert('purchase', { value: total, currency: CURRENCY });
    }
  }
  if (waiting.length > 0) await flush();

  /** Looks around, perhaps puts something in the cart, and leaves the page. */
  async function stay() {
    for (let stayedMs = 0; ; ) {
      const ms = bot ? 300 : dwellMs(page === '/checkout' ? 14_000 : 6_000);
      await pause(ms);
      stayedMs += ms;
      const step = nextStep({ page, pages: seen.size, cart, interest, likes, bot });
      if (step.click) record('click', step.click);
      if (step.deed === 'add') {
        putInCart(page.slice('/products/'.length));
        await flush();
        continue;
      }
      const scroll_pct = Math.round(Math.min(100, 35 + 65 * Math.random() * (0.6 + interest)));
      record('page_exit', { engaged_ms: Math.round(stayedMs * (0.6 + 0.4 * Math.random())), scroll_pct });
      return step;
    }
  }

  function putInCart(/** @type {string} */ slug) {
    cart.push(slug);
    const value = productBySlug(slug)?.price;
    record('custom', {
      name: 'add_to_cart',
      props: { product: slug, quantity: 1, value, currency: CURRENCY },
    });
    if (cart.length === 1 && maybe(0.1)) convert('newsletter');
  }
}

/** @type {Record<string, string>} */
const TITLES = {
  '/': 'Tea, and the stoneware to drink it from',
  '/products': 'All products',
  '/about': 'About us',
  '/cart': 'Your cart',
  '/checkout': 'Checkout',
  '/thank-you': 'Thank you',
};

/** @param {string} page */
function titleOf(page) {
  const product = PRODUCTS.find(({ slug }) => page === `/products/${slug}`);
  return `${product?.name ?? TITLES[page] ?? page} · Kiln & Leaf`;
}
