/** Visits of a coffee shop, made up but plausible and the same each time: lines for `POST /api/import`. Pure. */

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** What is drawn more often stands with a larger weight. */
const SOURCES = [
  [30, '', {}],
  [26, 'https://www.google.com/', {}],
  [7, 'https://duckduckgo.com/', {}],
  [6, 'https://search.naver.com/', {}],
  [9, 'https://www.instagram.com/', {}],
  [5, 'https://www.reddit.com/r/coffee/', {}],
  [4, 'https://news.ycombinator.com/item', {}],
  [8, '', { source: 'newsletter', medium: 'email', campaign: 'harvest' }],
  [5, 'https://www.google.com/', { source: 'google', medium: 'cpc', campaign: 'autumn-sale' }],
];
const COUNTRIES = [
  [28, 'KR', 'ko'],
  [22, 'DE', 'de'],
  [14, 'US', 'en-US'],
  [9, 'GB', 'en-GB'],
  [7, 'FR', 'fr'],
  [6, 'JP', 'ja'],
  [5, 'NL', 'nl'],
  [4, 'ES', 'es'],
  [3, 'SE', 'sv'],
  [2, 'BR', 'pt-BR'],
];
const DEVICES = [
  [34, 'desktop', 'Chrome', 'Windows', '1920x1080'],
  [14, 'desktop', 'Safari', 'macOS', '1512x982'],
  [6, 'desktop', 'Firefox', 'Linux', '2560x1440'],
  [23, 'mobile', 'Safari', 'iOS', '393x852'],
  [19, 'mobile', 'Chrome', 'Android', '412x915'],
  [4, 'tablet', 'Safari', 'iOS', '820x1180'],
];
const PRODUCTS = [
  [30, '/products/jeju-black', 'Jeju black'],
  [24, '/products/morning-cup', 'Morning cup'],
  [16, '/products/hand-grinder', 'Hand grinder'],
  [12, '/products/decaf-sunday', 'Decaf Sunday'],
  [9, '/products/paper-filters', 'Paper filters'],
  [6, '/products/gift-box', 'Gift box'],
];
const ENTRIES = [
  [52, '/', 'Slow coffee, sent fast'],
  [18, '/products', 'The shelf'],
  [22, '', ''],
  [8, '/about', 'About'],
];
const PRICES = [14.9, 18.5, 30.45, 36, 52.5, 60.9];

/**
 * A batch as an import takes it.
 *
 * @typedef {object} Visit
 * @property {number} received_at
 * @property {string} batch
 * @property {{ session_id: string, [field: string]: unknown }} session
 * @property {{ event_id: string, [field: string]: unknown }[]} events
 * @property {string} [site]
 * @property {string} [visitor_id]
 * @property {object} [context]
 * @property {string} [country]
 * @property {string} [device]
 * @property {string} [browser]
 * @property {string} [os]
 */

/**
 * @param {object} options
 * @param {number} options.from first ms
 * @param {number} options.to ms after the last
 * @param {number} options.perDay sessions on an ordinary day
 * @param {number} [options.seed] another one gives other visits
 * @param {string} [options.site]
 * @returns {Visit[]} in order of arrival
 */
export function visits({ from, to, perDay, seed = 1, site = 'shop' }) {
  const random = randomOf(seed);
  const lines = [];
  for (let hour = from - (from % HOUR_MS); hour < to; hour += HOUR_MS) {
    const expected = (perDay / 24) * rhythm(hour) * (0.85 + 0.3 * random());
    for (let n = Math.floor(expected + random()); n > 0; n -= 1) {
      const at = Math.floor(hour + random() * HOUR_MS);
      if (at >= from && at < to) lines.push(visit(at, site, random, lines.length));
    }
  }
  return lines.sort((a, b) => a.received_at - b.received_at);
}

/** More by day than by night, less at the weekend, and a little more from week to week. @param {number} ms */
function rhythm(ms) {
  const hour = (ms % DAY_MS) / HOUR_MS;
  const day = Math.floor(ms / DAY_MS) % 7;
  const byHour = 1 + 0.75 * Math.sin(((hour - 8) / 24) * 2 * Math.PI) + 0.2 * Math.sin((hour / 6) * Math.PI);
  return Math.max(0.12, byHour) * ([2, 3].includes(day) ? 0.72 : 1.06);
}

/** @param {number} at @param {string} site @param {() => number} random @param {number} number @returns {Visit} */
function visit(at, site, random, number) {
  const [, referrer, utm] = draw(SOURCES, random);
  const [, country, language] = draw(COUNTRIES, random);
  const [, device, browser, os, screen] = draw(DEVICES, random);
  const visitor = Math.floor(random() * 4_000);
  const pages = way(random);
  const id = `${number.toString(36).padStart(5, '0')}-${Math.floor(random() * 36 ** 6).toString(36)}`;
  /** @type {Visit['events']} */
  const events = [];
  let time = at;
  /** @param {object} event @param {number} gap */
  const push = (event, gap) => {
    time += gap;
    events.push({
      event_id: `${id}-${events.length}`,
      timestamp: time,
      gap_ms: events.length > 0 ? gap : 0,
      ...event,
    });
  };
  const seen = new Set();
  for (const [index, [path, title]] of pages.entries()) {
    const page = { page_url: `https://shop.example${path}`, page_title: title };
    const before = pages[index - 1];
    const next = pages[index + 1];
    push(
      {
        event_type: 'page_view',
        ...page,
        view: index + 1,
        ...(before ? { from_page: before[0] } : {}),
        first_on_page: !seen.has(path),
      },
      index > 0 ? 300 : 0,
    );
    seen.add(path);
    const stay = Math.floor(4_000 + random() * random() * 90_000);
    if (path.startsWith('/products/') && next?.[0] === '/cart') {
      push(
        {
          event_type: 'click',
          ...page,
          element_tag: 'BUTTON',
          element_id: 'add-to-cart',
          element_text: 'Add to cart',
        },
        stay,
      );
      push({ event_type: 'custom', name: 'add_to_cart', ...page, props: { product: path.slice(10) } }, 20);
    } else if (next) {
      push(
        {
          event_type: 'click',
          ...page,
          element_tag: 'A',
          element_text: next[1],
          href: next[0],
        },
        stay,
      );
    }
    if (path === '/thank-you') {
      const value = PRICES[Math.floor(random() * PRICES.length)];
      push(
        {
          event_type: 'conversion',
          conversion_type: 'purchase',
          value,
          currency: 'EUR',
          nth: 1,
          nth_of_type: 1,
          ...page,
        },
        400,
      );
    }
    push(
      {
        event_type: 'page_exit',
        ...page,
        engaged_ms: Math.floor(stay * 0.7),
        scroll_pct: Math.floor(20 + random() * 80),
      },
      800,
    );
  }
  if (random() < 0.05)
    push(
      {
        event_type: 'conversion',
        conversion_type: 'newsletter',
        nth: 2,
        nth_of_type: 1,
        page_url: 'https://shop.example/about',
      },
      900,
    );
  return {
    received_at: at,
    site,
    batch: id,
    session: { session_id: `s-${id}`, entry_page: pages[0]?.[0], referrer, utm },
    visitor_id: `v-${visitor}`,
    context: { language, screen },
    country,
    device,
    browser,
    os,
    events,
  };
}

/** The pages of a session: a third leave at once, and few buy. @param {() => number} random @returns {[path: string, title: string][]} */
function way(random) {
  let [, path, title] = draw(ENTRIES, random);
  if (path === '') [, path, title] = draw(PRODUCTS, random);
  /** @type {[path: string, title: string][]} */
  const pages = [[path, title]];
  for (let chance = 0.62; random() < chance && pages.length < 7; chance = 0.66) {
    const [last] = pages.at(-1) ?? [''];
    if (last.startsWith('/products/')) {
      if (random() < 0.32) {
        pages.push(['/cart', 'Cart']);
        if (random() < 0.68) pages.push(['/checkout', 'Checkout']);
        if (pages.at(-1)?.[0] === '/checkout' && random() < 0.7) pages.push(['/thank-you', 'Thank you']);
        break;
      }
      pages.push(['/products', 'The shelf']);
    } else if (last === '/products') {
      const [, product, name] = draw(PRODUCTS, random);
      pages.push([product, name]);
    } else pages.push(random() < 0.8 ? ['/products', 'The shelf'] : ['/about', 'About']);
  }
  return pages;
}

/** One of the rows, the first of each being its weight. @param {any[][]} rows @param {() => number} random @returns {any[]} */
function draw(rows, random) {
  let left = random() * rows.reduce((sum, [weight]) => sum + weight, 0);
  return (
    rows.find(([weight]) => {
      left -= weight;
      return left < 0;
    }) ??
    rows[0] ??
    []
  );
}

/** mulberry32: small, fast, and even enough.  @param {number} seed */
function randomOf(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
