// A site's history: sessions as a shop has them, spread over days as people's days are, the same at every run.
const PAGES = Array.from({ length: 400 }, (_, at) => (at === 0 ? '/' : `/products/${at}`));
const SOURCES = [undefined, 'google', 'naver', 'instagram', 'newsletter', 'news.example', 'bing', 'kakao'];
const CHANNELS = [
  'direct',
  'organic_search',
  'organic_search',
  'organic_social',
  'email',
  'referral',
  'organic_search',
  'organic_social',
];
const COUNTRIES = ['KR', 'DE', 'US', 'JP', 'GB', 'FR', 'BR', 'IN'];
const BROWSERS = ['Chrome', 'Safari', 'Firefox', 'Edge', 'Samsung Internet'];
const SYSTEMS = ['Windows', 'macOS', 'iOS', 'Android', 'Linux'];
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** A small generator with a seed (mulberry32). @param {number} seed */
function random(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * Batches of `sessions` sessions of ten events each (3.4 a batch on average), over `days` days before `now`.
 * @param {{ site: string, sessions: number, days: number, now: number }} history
 */
export function* batchesOf({ site, sessions, days, now }) {
  const next = random(1);
  /** @template T @param {readonly T[]} list @returns {T} */
  const pick = (list) => list[Math.floor(next() ** 2 * list.length)];
  for (let number = 0; number < sessions; number += 1) {
    // Fewer at night than in the evening.
    const hour = Math.floor(Math.min(23.99, 24 * Math.sqrt(next())));
    const start =
      now -
      days * DAY_MS +
      Math.floor(next() * days) * DAY_MS +
      hour * HOUR_MS +
      Math.floor(next() * HOUR_MS);
    const from = Math.floor(next() ** 2 * SOURCES.length);
    const common = {
      site,
      session_id: `0198c0de-0000-7000-8000-${String(number).padStart(12, '0')}`,
      visitor_id: `0198c0de-1111-7000-8000-${String(Math.floor(next() * sessions * 0.7)).padStart(12, '0')}`,
      entry_page: pick(PAGES),
      ...(SOURCES[from] ? { source: SOURCES[from], referrer: `https://www.${SOURCES[from]}.example/` } : {}),
      channel: CHANNELS[from],
      language: 'ko-KR',
      screen: '1920x1080',
      viewport: '1280x720',
      timezone: 'Asia/Seoul',
      browser: pick(BROWSERS),
      os: pick(SYSTEMS),
      device: next() < 0.6 ? 'mobile' : 'desktop',
      country: pick(COUNTRIES),
      retention_days: 60,
      shardAt: () => 0,
    };
    let at = start;
    let page = common.entry_page;
    let views = 0;
    const seen = new Set();
    const events = Array.from({ length: 10 }, (_, index) => {
      const gap = index === 0 ? 0 : Math.floor(next() * 40_000);
      at += gap;
      const base = {
        event_id: `0198c0de-${String(number)
          .padStart(12, '0')
          .replace(/(\d{4})(\d{4})(\d{4})/, '$1-$2-$3')}-${String(index).padStart(12, '0')}`,
        timestamp: at,
        gap_ms: gap,
      };
      if (index % 3 === 0) {
        const before = page;
        if (index > 0) page = pick(PAGES);
        views += 1;
        const first = !seen.has(page);
        seen.add(page);
        return {
          ...base,
          event_type: 'page_view',
          page_url: `https://shop.example${page}`,
          page_title: 'The Example Shop',
          view: views,
          ...(views > 1 ? { from_page: before } : {}),
          first_on_page: first,
        };
      }
      const page_url = `https://shop.example${page}`;
      if (index % 3 === 1)
        return { ...base, event_type: 'click', page_url, element_tag: 'BUTTON', element_id: `add-${index}` };
      if (index === 8 && next() < 0.2) {
        return {
          ...base,
          event_type: 'conversion',
          page_url,
          conversion_type: 'purchase',
          value: 25,
          currency: 'EUR',
          nth: 1,
          nth_of_type: 1,
        };
      }
      return {
        ...base,
        event_type: 'page_exit',
        page_url,
        engaged_ms: Math.min(30_000, gap),
        scroll_pct: 50,
      };
    });
    // Three batches of 3, 3 and 4 events, each arriving a moment after its last.
    for (const [first, last] of [
      [0, 3],
      [3, 6],
      [6, 10],
    ]) {
      const part = events.slice(first, last);
      yield {
        ...common,
        batch: part[0].event_id,
        events: part,
        received_at: part[part.length - 1].timestamp + 400,
      };
    }
  }
}
