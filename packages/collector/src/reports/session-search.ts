/** Whether a session has a text in what lists show of it. Pure. */
import type { SessionSummary } from '@liveinsight/schema';
import { lazy } from '../cache/lazy.js';
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

/** Visitors' countries come from the platform: what is no code has no name. */
const getCountryNames = (country: string): string[] =>
  /^[A-Z]{2}$/.test(country) ? countryNames().flatMap((names) => names.of(country) ?? []) : [];
