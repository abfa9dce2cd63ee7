/** Who comes, from where, on what, and what they like. */
import { maybe, newId, oneOf, weighted } from './chance.js';

/**
 * @typedef {object} Way
 * @property {number} weight
 * @property {string} referrer
 * @property {string[]} entries
 * @property {Record<string, string>} [utm]
 */

/** @type {Way[]} */
const ANYWHERE = [
  { weight: 5, referrer: '', entries: ['/', '/', '/products'] },
  { weight: 5, referrer: 'https://www.google.com/', entries: ['/', '/products', '/products/ash-teapot'] },
  {
    weight: 2,
    referrer: 'https://www.instagram.com/',
    entries: ['/products/ash-teapot', '/products/iron-bowl'],
  },
  { weight: 1, referrer: 'https://www.reddit.com/r/tea/', entries: ['/products/iron-kettle', '/about'] },
  { weight: 1, referrer: 'https://duckduckgo.com/', entries: ['/', '/about'] },
];

const COUNTRIES = [
  {
    weight: 5,
    languages: ['en-GB', 'en-US', 'en-IE'],
    timezones: ['Europe/London', 'America/New_York', 'Europe/Dublin'],
    likes: ['morning-cup', 'iron-kettle', 'pouring-jug'],
    ways: [
      ...ANYWHERE,
      campaign(3, '/', 'newsletter', 'email', 'spring-firing'),
      campaign(2, '/products', 'google', 'cpc', 'stoneware-uk'),
    ],
  },
  {
    weight: 4,
    languages: ['ko-KR', 'ko'],
    timezones: ['Asia/Seoul'],
    likes: ['jeju-black', 'iron-bowl', 'ash-teapot'],
    ways: [
      ...ANYWHERE,
      { weight: 7, referrer: 'https://search.naver.com/', entries: ['/', '/products/jeju-black'] },
      { weight: 2, referrer: 'https://search.daum.net/', entries: ['/'] },
      campaign(3, '/products/jeju-black', 'naver', 'cpc', '제주-홍차'),
      campaign(2, '/', 'kakao', 'social', '봄-신상품'),
    ],
  },
  {
    weight: 3,
    languages: ['ja-JP', 'ja'],
    timezones: ['Asia/Tokyo'],
    likes: ['first-flush-sencha', 'iron-bowl', 'iron-kettle'],
    ways: [
      ...ANYWHERE,
      { weight: 5, referrer: 'https://search.yahoo.co.jp/', entries: ['/', '/products'] },
      campaign(3, '/products/first-flush-sencha', 'yahoo', 'cpc', '新茶'),
      campaign(2, '/products/iron-bowl', 'line', 'social', '抹茶茶碗'),
    ],
  },
  {
    weight: 4,
    languages: ['de-DE', 'de-AT', 'de-CH'],
    timezones: ['Europe/Berlin', 'Europe/Vienna', 'Europe/Zurich'],
    likes: ['east-frisian', 'morning-cup', 'ash-tray-and-scoop'],
    ways: [
      ...ANYWHERE,
      { weight: 2, referrer: 'https://www.ecosia.org/', entries: ['/', '/products/morning-cup'] },
      campaign(3, '/products/east-frisian', 'newsletter', 'email', 'ostfriesentee'),
      campaign(2, '/products/morning-cup', 'google', 'cpc', 'steinzeug-de'),
    ],
  },
];

const SCREENS = [
  { weight: 5, screen: '390x844', viewport: '390x664' },
  { weight: 3, screen: '360x800', viewport: '360x640' },
  { weight: 4, screen: '1920x1080', viewport: '1903x937' },
  { weight: 3, screen: '1440x900', viewport: '1440x789' },
  { weight: 1, screen: '820x1180', viewport: '820x1106' },
];

/** @typedef {ReturnType<typeof newVisitor>} Visitor */

/** @param {string[]} known visitor ids that came before; some come again */
export function newVisitor(known) {
  const { languages, timezones, likes, ways } = weighted(COUNTRIES);
  const way = weighted(ways);
  const { screen, viewport } = weighted(SCREENS);
  const bot = maybe(0.04);
  return {
    visitor_id: known.length > 0 && maybe(0.25) ? oneOf(known) : newId(),
    session: {
      session_id: newId(),
      entry_page: oneOf(way.entries),
      referrer: way.referrer,
      ...(way.utm ? { utm: way.utm } : {}),
    },
    context: {
      language: oneOf(languages),
      timezone: oneOf(timezones),
      screen,
      viewport,
      ...(bot ? { webdriver: true } : {}),
    },
    bot,
    likes,
    /** How much they want something, 0 to 1. */
    interest: Math.random() ** 1.4,
  };
}

/**
 * @param {number} weight
 * @param {string} entry
 * @param {string} source
 * @param {string} medium
 * @param {string} name
 * @returns {Way}
 */
function campaign(weight, entry, source, medium, name) {
  return { weight, referrer: '', entries: [entry], utm: { source, medium, campaign: name } };
}
