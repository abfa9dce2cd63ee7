// Requests as a shop's pages send them: one event, or ten of a session; every id new.
import { randomUUID } from 'node:crypto';

const PAGES = ['/', '/products', '/products/espresso-machine?ref=home', '/cart', '/checkout', '/about'];

/** @param {number} at */
function event(at) {
  const page = PAGES[at % PAGES.length] ?? '/';
  const common = {
    event_id: randomUUID(),
    timestamp: Date.now(),
    page_url: `https://shop.example${page}`,
    gap_ms: 1_200,
  };
  if (at % 3 === 1) {
    return {
      ...common,
      event_type: 'click',
      element_tag: 'BUTTON',
      element_id: 'add-to-cart',
      element_class: 'button button-primary product-action',
      element_text: 'Add to cart',
      href: 'https://shop.example/cart',
    };
  }
  if (at % 3 === 2) return { ...common, event_type: 'page_exit', engaged_ms: 8_340, scroll_pct: 75 };
  return {
    ...common,
    event_type: 'page_view',
    page_title: 'Espresso machines and grinders — The Example Shop',
    view: 2,
    from_page: '/',
    first_on_page: true,
  };
}

/** @param {number} count */
export function batch(count) {
  const events = Array.from({ length: count }, (_, at) => event(at));
  return {
    ids: events.map(({ event_id }) => event_id),
    body: JSON.stringify({
      v: 1,
      site: 'shop',
      batch: events[0]?.event_id,
      session: {
        session_id: randomUUID(),
        entry_page: '/',
        referrer: 'https://www.google.com/',
        utm: { source: 'newsletter', medium: 'email', campaign: 'spring' },
      },
      visitor_id: randomUUID(),
      context: { language: 'en-GB', screen: '1920x1080', viewport: '1280x720', timezone: 'Europe/London' },
      sent_at: Date.now(),
      events,
    }),
  };
}
