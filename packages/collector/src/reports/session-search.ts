/** Whether a session has a text in what lists show of it, as the log has it or as columns do. Pure. */
import type { SessionSummary } from '@liveinsight/schema';
import { lazy } from '../cache/lazy.js';
import type { SessionText } from '../engine/session-facts.js';
import type { SessionDimension } from '../events/dimensions.js';
import { hasText } from '../query/search-and-order.js';

/** In the languages that the dashboard names countries in. */
const countryNames = lazy(() =>
  ['en', 'ko'].map((language) => new Intl.DisplayNames(language, { type: 'region' })),
);

/** As filters name a visit without a source. */
const DIRECT = '(direct)';

export function isFoundBy(session: SessionSummary, search: string): boolean {
  if (search === '') return true;
  const { source, country, user_id = '' } = session;
  const texts = [
    session.entry_page,
    session.current_page,
    source || DIRECT,
    session.channel,
    session.device,
    session.browser,
    session.os,
    user_id,
    session.session_id,
    country,
    ...getCountryNames(country),
  ];
  return texts.some((text) => hasText(text, search));
}

/** As lists show what is not known: nothing. */
const UNKNOWN = '(unknown)';

/** @param sessions hashes of sessions that are found already */
export function toSessionText(
  search: string,
  hash: (id: string) => bigint,
  sessions: ReadonlySet<bigint>,
): SessionText {
  const toHash = (high: number, low: number) => (BigInt(high) << 32n) | BigInt(low);
  const id = hash(search);
  return {
    isInValue(dimension, value) {
      if (value === UNKNOWN || (value === DIRECT && dimension !== 'source')) return false;
      const names = dimension === 'country' ? getCountryNames(value) : [];
      return SHOWN.has(dimension) && [value, ...names].some((text) => hasText(text, search));
    },
    isInPage: (page) => hasText(page, search),
    isSession: (high, low) => sessions.has(toHash(high, low)) || toHash(high, low) === id,
    isUser: (high, low) => toHash(high, low) === id,
  };
}

const SHOWN: ReadonlySet<SessionDimension> = new Set<SessionDimension>([
  ...(['source', 'channel', 'device', 'browser', 'os', 'country'] as const),
]);

/** Visitors' countries come from the platform: what is no code has no name. */
const getCountryNames = (country: string): string[] =>
  /^[A-Z]{2}$/.test(country) ? countryNames().flatMap((names) => names.of(country) ?? []) : [];
