/** Where a session came from: a source (who) and a channel (how), from its campaign or else its referrer. */
import type { Batch, Utm } from '@liveinsight/schema';
import { memoize } from '../cache/bounded-memo.js';
import { getHost } from '../events/page-path.js';
import { findKnownSource, type SourceKind } from './known-sources.js';

export interface Origin {
  /** Campaign's source, or the referrer's name or host; absent for a direct visit. */
  source?: string;
  channel: Channel;
}

export type Channel =
  | 'direct'
  | 'internal'
  | 'referral'
  | 'email'
  | 'display'
  | 'affiliate'
  | 'sms'
  | 'push'
  | 'audio'
  | 'organic_search'
  | 'paid_search'
  | 'organic_social'
  | 'paid_social'
  | 'organic_video'
  | 'paid_video'
  | 'organic_shopping'
  | 'paid_shopping'
  | 'paid_other'
  | 'ai_assistant'
  | 'campaign';

/** What is known of a visit besides how it says it came. */
export interface Visit {
  /** URL that was visited: a referrer of its host, or of one above or below it, is no source. */
  page?: string | undefined;
  /** Of the site, as `https://*.shop.example`: referrers of their hosts are none either. */
  origins?: readonly string[];
  /** The source that its in-app browser stands for: of a visit with neither referrer nor campaign. */
  appSource?: string | undefined;
}

export function classifyOrigin(
  { utm, referrer }: Pick<Batch['session'], 'utm' | 'referrer'>,
  { page, origins = [], appSource }: Visit = {},
): Origin {
  const host = getHost(referrer);
  if (utm?.source || utm?.medium || utm?.campaign) {
    const known = findKnownSource(utm.source ? utm.source.toLowerCase() : host);
    const source = known?.name ?? utm.source ?? host;
    const channel = campaignChannel(utm, known?.kind);
    return source ? { source, channel } : { channel };
  }
  if (host === undefined) return appSource === undefined ? { channel: 'direct' } : fromApp(appSource);
  const visited = getHost(page);
  const isOwn = (own: string | undefined) => own !== undefined && isRelated(host, own);
  if (isOwn(visited) || origins.some((origin) => isOwn(getHost(origin.replace('*.', ''))))) {
    // One name, whichever of its hosts it was.
    return { source: visited ?? host, channel: 'internal' };
  }
  const known = findKnownSource(host);
  return { source: known?.name ?? host, channel: known ? ORGANIC[known.kind] : 'referral' };
}

function fromApp(source: string): Origin {
  const kind = findKnownSource(source)?.kind;
  return { source, channel: kind ? ORGANIC[kind] : 'referral' };
}

/**
 * Whether `host` is `own`, below or above it. Hosts beside each other, as `one.github.io` and `two.github.io`, may belong to anybody, and
 * so may those below a well-known one, as blogs do.
 */
const isRelated = (host: string, own: string): boolean =>
  host === own || host.endsWith(`.${own}`) || (own.endsWith(`.${host}`) && !findKnownSource(host));

const ORGANIC: Record<SourceKind, Channel> = {
  search: 'organic_search',
  social: 'organic_social',
  video: 'organic_video',
  shopping: 'organic_shopping',
  email: 'email',
  ai: 'ai_assistant',
};

const PAID: Record<SourceKind, Channel> = {
  search: 'paid_search',
  social: 'paid_social',
  video: 'paid_video',
  shopping: 'paid_shopping',
  email: 'paid_other',
  ai: 'paid_other',
};

/** What `utm_medium` is taken to mean; the groups follow Google Analytics' default channels. */
const MEDIUMS: [RegExp, Channel][] = [
  [/^(display|banner|cpm|expandable|interstitial|programmatic)$/, 'display'],
  [/^(e-?mail|e_mail|newsletter)$/, 'email'],
  [/^affiliates?$/, 'affiliate'],
  [/^(social|social-?(network|media)|sm)$/, 'organic_social'],
  [/^(organic|seo)$/, 'organic_search'],
  [/^(referral|app|link)$/, 'referral'],
  [/^sms$/, 'sms'],
  [/^audio$/, 'audio'],
  [/(^|_|-)(push|notification)$|^mobile$/, 'push'],
  [/video/, 'organic_video'],
];

const PAID_MEDIUM = /^(cp[a-z]|ppc|retargeting|remarketing|paid.*|.*[_-]paid|ads?|sem)$/;
/** Paid, and where it shows says how: `paid_social`, `paidsearch`. */
const PAID_KINDS: [RegExp, SourceKind][] = [
  [/social/, 'social'],
  [/search|sem/, 'search'],
  [/video/, 'video'],
  [/shop/, 'shopping'],
];

/** As a word of the name: `email_jan`, `mynewsletter`; not `emailoctopus-ads`. */
const EMAIL_SOURCE = /(?:^|[^a-z])e-?mail(?:[^a-z]|$)|newsletter(?:[^a-z]|$)/i;

/** Mediums to be remembered: a site has few. */
const MAX_CACHED = 1_000;

/** What a medium says by itself. */
const classifyMedium = memoize(MAX_CACHED, (medium) => {
  const normalized = medium.toLowerCase().replaceAll(' ', '_');
  return {
    plain: MEDIUMS.find(([pattern]) => pattern.test(normalized))?.[1],
    isPaid: normalized !== 'cpm' && PAID_MEDIUM.test(normalized),
    paidKind: PAID_KINDS.find(([pattern]) => pattern.test(normalized))?.[1],
  };
});

function campaignChannel({ medium = '', source = '' }: Utm, kind: SourceKind | undefined): Channel {
  const { plain, isPaid, paidKind } = classifyMedium(medium);
  if (isPaid) {
    const paid = kind ?? paidKind;
    return paid ? PAID[paid] : 'paid_other';
  }
  if (plain && plain !== 'organic_search') return plain;
  if (kind) return ORGANIC[kind];
  if (EMAIL_SOURCE.test(source)) return 'email';
  return plain ?? 'campaign';
}
