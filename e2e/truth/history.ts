/** Visits of 60 days, the same each time: what happened, as plain facts, and as lines of an import. Knows nothing of how numbers are made. */

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

export interface Session {
  id: string;
  /** Undefined: gave no consent, so that each session is a visitor of its own. */
  visitor: string | undefined;
  referrer: string | undefined;
  utm: { source: string; medium: string; campaign: string } | undefined;
  /** What an analyst would say that it came from. */
  source: string;
  channel: string;
  country: string;
  device: string;
  browser: string;
  os: string;
  region: string;
  language: string;
  screen: string;
  /** How its sender writes paths that are not ASCII. */
  spelling: 'encoded' | 'lower' | 'decoded';
  entry: string;
}

export interface Fact {
  session: Session;
  /** Of the batch it came in. */
  batch: string;
  /** When that arrived (ms). */
  arrival: number;
  id: string;
  time: number;
  kind: 'page_view' | 'click' | 'conversion' | 'page_exit' | 'custom';
  /** Decoded. */
  page: string;
  /** Since the session's event before, in ms. */
  gap: number;
  view?: number;
  from?: string;
  isFirstOnPage?: boolean;
  engaged?: number;
  /** Whether the session became engaged with it. */
  becomesEngaged?: boolean;
  target?: string;
  type?: string;
  nth?: number;
  nthOfType?: number;
  value?: number;
  currency?: string;
  name?: string;
}

const PAGES = ['/', '/products', '/products/jeju-black', '/블로그/제주 커피', '/カート', '/café', '/about'];
const SOURCES: [number, Pick<Session, 'referrer' | 'utm' | 'source' | 'channel'>][] = [
  [8, { referrer: undefined, utm: undefined, source: '(direct)', channel: 'direct' }],
  [7, { referrer: 'https://www.google.com/', utm: undefined, source: 'google', channel: 'organic_search' }],
  [4, { referrer: 'https://blog.example/post', utm: undefined, source: 'blog.example', channel: 'referral' }],
  [3, campaign('newsletter', 'email', 'harvest', 'email')],
  [3, campaign('google', 'cpc', 'autumn-sale', 'paid_search')],
  [2, campaign('facebook', 'paid_social', 'winter', 'paid_social')],
  [1, campaign('partner', 'affiliate', 'friends', 'affiliate')],
];
const KOREAN = { region: '11', language: 'ko-KR' };
const PEOPLE: [
  number,
  Pick<Session, 'country' | 'device' | 'browser' | 'os' | 'region' | 'language' | 'screen'>,
][] = [
  [9, { country: 'KR', device: 'mobile', browser: 'Chrome', os: 'Android', ...KOREAN, screen: '390x844' }],
  [5, { country: 'KR', device: 'desktop', browser: 'Chrome', os: 'Windows', ...KOREAN, screen: '1920x1080' }],
  [
    5,
    {
      country: 'DE',
      device: 'desktop',
      browser: 'Firefox',
      os: 'Linux',
      region: 'BE',
      language: 'de',
      screen: '1920x1080',
    },
  ],
  [
    4,
    {
      country: 'US',
      device: 'mobile',
      browser: 'Safari',
      os: 'iOS',
      region: 'CA',
      language: 'en-US',
      screen: '390x844',
    },
  ],
  [
    2,
    {
      country: 'JP',
      device: 'tablet',
      browser: 'Safari',
      os: 'iOS',
      region: '13',
      language: 'ja',
      screen: '820x1180',
    },
  ],
];
/** What is paid, and how often: the one with the largest figures is not the one that is used most. */
const PRICES: [number, { value: number; currency: string }][] = [
  [9, { value: 18.5, currency: 'EUR' }],
  [4, { value: 52.25, currency: 'EUR' }],
  [5, { value: 24.99, currency: 'USD' }],
  [3, { value: 33_000, currency: 'KRW' }],
  [2, { value: 4_200, currency: 'JPY' }],
];

function campaign(source: string, medium: string, name: string, channel: string) {
  return { referrer: undefined, utm: { source, medium, campaign: name }, source, channel };
}

/** @param to ms after the last arrival; a history of another length has the same visits where both have some */
export function historyOf({ from, to, perDay }: { from: number; to: number; perDay: number }): Fact[] {
  const random = randomOf(7);
  const facts: Fact[] = [];
  for (let day = from, number = 0; day < to; day += DAY_MS) {
    const isWeekend = [0, 6].includes(new Date(day).getUTCDay());
    for (let visit = 0; visit < (isWeekend ? perDay - 4 : perDay); visit += 1, number += 1) {
      const at = day + Math.floor(random() * DAY_MS);
      facts.push(...factsOf(sessionOf(number, random), at, random));
    }
  }
  return facts.filter(({ arrival }) => arrival < to).sort((a, b) => a.arrival - b.arrival);
}

/** So many visits that all begin within a span: numbered from `first` on, to be other ones than those of the history. */
export function rushOf({
  from,
  to,
  visits,
  first,
}: {
  from: number;
  to: number;
  visits: number;
  first: number;
}) {
  const random = randomOf(first);
  const facts = Array.from({ length: visits }, (_, visit) => {
    const session = sessionOf(first + visit, random);
    return factsOf(session, from + Math.floor(random() * (to - from)), random);
  });
  return facts.flat();
}

function sessionOf(number: number, random: () => number): Session {
  const visitor = random() < 0.25 ? undefined : `visitor-${Math.floor(random() ** 2 * 130)}`;
  const spelling = random() < 0.6 ? 'encoded' : random() < 0.5 ? 'lower' : 'decoded';
  return {
    id: `s${String(number).padStart(5, '0')}`,
    visitor,
    ...draw(SOURCES, random),
    ...draw(PEOPLE, random),
    spelling,
    entry: PAGES[Math.floor(random() ** 1.6 * PAGES.length)] ?? '/',
  };
}

/** The first view arrives at once, the rest together when the session ends: so that some cross an hour or a day. */
function factsOf(session: Session, start: number, random: () => number): Fact[] {
  const facts: Fact[] = [];
  const seen = new Set<string>();
  let [time, page, before] = [start, session.entry, undefined as string | undefined];
  const add = (kind: Fact['kind'], gap: number, more: Partial<Fact>) => {
    time += facts.length > 0 ? gap : 0;
    const id = `${session.id}-${facts.length}`;
    const base = { session, batch: '', arrival: 0, id, time, kind, page };
    facts.push({ ...base, gap: facts.length > 0 ? gap : 0, ...more });
  };
  const views = 1 + (random() < 0.55 ? 1 + Math.floor(random() * 4) : 0);
  for (let view = 1; view <= views; view += 1) {
    if (view > 1) page = PAGES[Math.floor(random() * PAGES.length)] ?? '/';
    const first = !seen.has(page);
    seen.add(page);
    add('page_view', 400, { view, isFirstOnPage: first, ...(before === undefined ? {} : { from: before }) });
    const stay = 3_000 + Math.floor(random() * 60_000);
    if (random() < 0.4)
      add('click', Math.floor(stay / 2), { target: random() < 0.5 ? 'button#buy' : 'a#more' });
    if (random() < 0.2) add('custom', 150, { name: 'add_to_cart' });
    add('page_exit', stay, { engaged: Math.floor(stay * 0.6) });
    before = page;
  }
  const types: string[] = [];
  const convert = (type: string, more: Partial<Fact>) => {
    types.push(type);
    const nthOfType = types.filter((one) => one === type).length;
    add('conversion', 700, { type, nth: types.length, nthOfType, ...more });
  };
  if (views > 2 && random() < 0.5) convert('purchase', draw(PRICES, random));
  if (random() < 0.05) convert('purchase', draw(PRICES, random));
  if (random() < 0.08) convert('signup', {});
  const becomesEngaged = findEngagement(facts);
  return facts.map((fact, at) => {
    const [batch, arrival] = at === 0 ? [`${session.id}-0`, start] : [`${session.id}-1`, time + 1_500];
    return { ...fact, batch, arrival, ...(fact === becomesEngaged ? { becomesEngaged: true } : {}) };
  });
}

/** The first fact at which 10 s were spent, a conversion made, or a second page viewed and something clicked. */
const findEngagement = (facts: readonly Fact[]): Fact | undefined =>
  facts.find((_, at) => {
    const sofar = facts.slice(0, at + 1);
    const ms = sofar.reduce((sum, { engaged = 0 }) => sum + engaged, 0);
    const has = (kind: Fact['kind']) => sofar.some((fact) => fact.kind === kind);
    const isSecond = sofar.some(({ view = 0 }) => view > 1);
    return ms >= 10_000 || has('conversion') || (isSecond && has('click'));
  });

/** Lines for `POST /api/import`, each a batch, in order of arrival. */
export function linesOf(facts: Fact[], site: string): object[] {
  const batches = new Map<string, Fact[]>();
  for (const fact of facts) batches.set(fact.batch, [...(batches.get(fact.batch) ?? []), fact]);
  return [...batches].flatMap(([batch, [first, ...more]]) => {
    if (!first) return [];
    const { session, arrival } = first;
    const { id, visitor, country, region, device, browser, os, referrer, utm, language, screen } = session;
    return {
      received_at: arrival,
      site,
      batch,
      session: { session_id: id, entry_page: spelt(session.entry, session), referrer, utm },
      visitor_id: visitor,
      context: { language, screen },
      country,
      region,
      device,
      browser,
      os,
      events: [first, ...more].map(wireEvent),
    };
  });
}

function wireEvent(fact: Fact): object {
  const { id, time, kind, page, gap, session, view, from, isFirstOnPage, engaged, target, type, name } = fact;
  const [tag, element] = target?.split('#') ?? [];
  return {
    event_id: id,
    event_type: kind,
    timestamp: time,
    gap_ms: gap,
    page_url: `https://shop.example${spelt(page, session)}?utm_source=x`,
    view,
    from_page: from && spelt(from, session),
    first_on_page: isFirstOnPage,
    engaged_ms: engaged,
    engaged: fact.becomesEngaged,
    element_tag: tag,
    element_id: element,
    conversion_type: type,
    nth: fact.nth,
    nth_of_type: fact.nthOfType,
    value: fact.value,
    currency: fact.currency,
    name,
  };
}

function spelt(path: string, { spelling }: Pick<Session, 'spelling'>): string {
  if (spelling === 'decoded') return path;
  const encoded = encodeURI(path);
  return spelling === 'lower' ? encoded.replace(/%../g, (byte) => byte.toLowerCase()) : encoded;
}

/** One of the rows, drawn more often the larger its weight. */
function draw<Row>(rows: [weight: number, Row][], random: () => number): Row {
  let left = random() * rows.reduce((sum, [weight]) => sum + weight, 0);
  const found = rows.find(([weight]) => {
    left -= weight;
    return left < 0;
  });
  const [, row] = found ?? rows[0] ?? [];
  if (row === undefined) throw new Error('nothing to draw from');
  return row;
}

/** mulberry32: small, fast, and even enough. */
function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
