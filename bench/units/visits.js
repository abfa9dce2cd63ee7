// Visits to a shop: what happens on each page and when, as the tracker sees it.

/** @typedef {import('./random.js').Random} Random */
/**
 * @typedef {object} Happening
 * @property {number} at ms since 1970
 * @property {Record<string, unknown> & { event_type: string, event_id: string }} event
 * @property {false | 'for the next' | 'for good'} [hides] whether the page goes away right after it, and for which
 * @typedef {{ session: object, visitor_id: string, user_id?: string, context: object, happenings: Happening[], country: string, userAgent: string }} Visit
 */

const ORIGIN = 'https://www.example-outdoor-shop.com';
const KINDS = /** @type {const} */ ([
  'trail-running-shoes',
  'waterproof-jacket',
  'merino-base-layer',
  'camping-stove',
  'down-sleeping-bag',
]);
const MAKERS = /** @type {const} */ (['northwind', 'alpenglow', 'fjordline', 'tramontana', 'blackwater']);
const SOURCES = /** @type {const} */ ([
  {
    referrer: 'https://www.google.com/',
    utm: { source: 'google', medium: 'cpc', campaign: 'autumn-sale-2026', content: 'ad-b' },
    query: 'gclid',
  },
  { referrer: 'https://www.google.com/', utm: {}, query: '' },
  {
    referrer: 'https://www.instagram.com/',
    utm: { source: 'instagram', medium: 'social', campaign: 'creators' },
    query: 'fbclid',
  },
  { referrer: '', utm: { source: 'newsletter', medium: 'email', campaign: 'week-47' }, query: '' },
  { referrer: '', utm: {}, query: '' },
]);
const CHROME =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36';
const SAFARI =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1';
const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0';
/** About as often as they are met: one in twenty is Firefox. */
const AGENTS = /** @type {const} */ ([
  ...[CHROME, CHROME, CHROME, CHROME, CHROME, CHROME, CHROME, CHROME, CHROME, CHROME, CHROME, CHROME, CHROME],
  ...[SAFARI, SAFARI, SAFARI, SAFARI, SAFARI, SAFARI],
  FIREFOX,
]);
const LOCALES = /** @type {const} */ ([
  { language: 'en-US', timezone: 'America/New_York', country: 'US' },
  { language: 'de-DE', timezone: 'Europe/Berlin', country: 'DE' },
  { language: 'ko', timezone: 'Asia/Seoul', country: 'KR' },
]);
const SCREENS = /** @type {const} */ ([
  { screen: '1920x1080', viewport: '1903x969' },
  { screen: '390x844', viewport: '390x664' },
]);

/**
 * @param {Random} random
 * @param {number} start ms since 1970
 * @param {'pages' | 'app'} site `pages` are loaded one by one; within an `app` nothing goes away between views
 * @returns {Visit}
 */
export function visit(random, start, site) {
  const source = random.oneOf(SOURCES);
  const { country, ...locale } = random.oneOf(LOCALES);
  const views = random.chance(0.42) ? 1 : 2 + Math.floor(-Math.log(1 - random.next()) * 3.2);
  /** @type {Happening[]} */
  const happenings = [];
  let now = start;
  let page = pageOf(random, 0);
  let last = now;
  /** @param {string} event_type @param {object} fields @param {Happening['hides']} [hides] */
  const happen = (event_type, fields, hides = false) => {
    happenings.push({
      at: now,
      hides,
      event: {
        event_id: random.uuid(now),
        event_type,
        timestamp: Math.floor(now),
        ...fields,
        gap_ms: Math.floor(Math.min(now - last, 1_800_000)),
      },
    });
    last = now;
  };
  const entry = source.query ? `${page.url}?${source.query}=${random.hex(80)}` : page.url;
  let from = '';
  for (let view = 1; view <= views; view += 1) {
    const page_url = view === 1 ? entry : page.url;
    happen('page_view', {
      page_url,
      page_title: page.title,
      view,
      ...(from ? { from_page: from } : {}),
      first_on_page: random.chance(0.8),
    });
    const shown = now;
    while (random.chance(0.35)) {
      now += random.around(9_000);
      happen('click', { page_url, ...button(random) });
    }
    if (view === views && views > 4 && random.chance(0.3)) {
      now += random.around(4_000);
      const value = Math.floor(random.around(80)) + 0.95;
      happen('conversion', {
        page_url,
        conversion_type: 'purchase',
        value,
        currency: 'EUR',
        nth: 1,
        nth_of_type: 1,
      });
    }
    now += random.around(16_000);
    const next = pageOf(random, view);
    const left = {
      page_url,
      engaged_ms: Math.floor((now - shown) * 0.8),
      scroll_pct: Math.floor(random.next() * 101),
    };
    if (view < views) {
      happen('click', { page_url, ...link(random, next) });
      happen('page_exit', left, site === 'pages' && 'for the next');
      now += site === 'pages' ? random.around(600) : 1;
    } else happen('page_exit', left, 'for good');
    from = page.path;
    page = next;
  }
  return {
    session: {
      session_id: random.uuid(start),
      entry_page: new URL(entry).pathname,
      ...(source.referrer ? { referrer: source.referrer } : {}),
      utm: source.utm,
    },
    visitor_id: random.uuid(start - random.around(86_400_000)),
    ...(random.chance(0.1) ? { user_id: `customer-${Math.floor(random.next() * 90_000)}` } : {}),
    context: { ...locale, ...random.oneOf(SCREENS) },
    happenings,
    country,
    userAgent: random.oneOf(AGENTS),
  };
}

/** @param {Random} random @param {number} depth */
function pageOf(random, depth) {
  const kind = random.oneOf(KINDS);
  const maker = random.oneOf(MAKERS);
  const path =
    depth === 0 && random.chance(0.4)
      ? '/'
      : `/en/collections/${kind}/products/${maker}-${kind}-${100 + Math.floor(random.next() * 900)}`;
  const words = `${maker} ${kind}`.replaceAll('-', ' ');
  return {
    path,
    url: ORIGIN + path,
    title: path === '/' ? 'Example Outdoor Shop' : `${words} — buy online | Example Outdoor Shop`,
  };
}

/** @param {Random} random */
function button(random) {
  const element_text = random.oneOf(
    /** @type {const} */ (['Add to basket', 'Show all 12 photos', 'Size guide', 'Read 318 reviews']),
  );
  return {
    element_tag: 'BUTTON',
    element_id: element_text.toLowerCase().replaceAll(' ', '-'),
    element_class: 'btn btn--primary product-form__action js-track',
    element_text,
  };
}

/** @param {Random} random @param {{ url: string, title: string }} to */
function link(random, { url, title }) {
  return {
    element_tag: 'A',
    element_id: '',
    element_class: 'card__link card__link--overlay product-card__title',
    element_text: title,
    href: `${url}?ref=card-${Math.floor(random.next() * 24)}`,
  };
}
