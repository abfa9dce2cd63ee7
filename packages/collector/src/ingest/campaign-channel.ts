/** The channel of a campaign, by the rules of Google Analytics 4 in their order; additions of our own are marked as such. */
import type { Utm } from '@liveinsight/schema';
import { memoize } from '../cache/bounded-memo.js';
import { type Channel, ORGANIC, PAID } from './channels.js';
import { findKnownSource, type KnownSource, type SourceKind } from './known-sources.js';

export interface CampaignChannel {
  channel: Channel;
  /** Of a source that is known. */
  name?: string;
  kind?: SourceKind;
}

interface Campaign {
  source: string;
  medium: string;
  campaign: string;
  /** Of the source, where it is known. */
  kind: SourceKind | undefined;
}

const PAID_MEDIUM = /cp|^(?:ppc|retargeting)$|^paid/;
/** Added: other words for it. */
const MORE_PAID = /^(?:remarketing|.*[ _-]paid|ads?|.*[ _-]ads?|sem|biddable|pmax|performance[ _-]max)$/;
const SHOPPING_CAMPAIGN = /(?:[^a-df-z]|^)shop|shopping/;
const DISPLAY = /^(?:display|banner|expandable|interstitial|cpm)$/;
const MORE_DISPLAY = /^(?:programmatic|native|display[ _-].*|gdn|rtb)$/;
const SOCIAL = /^(?:social|social-network|social-media|sm|social network|social media)$/;
const MORE_SOCIAL = /^(?:social[_-]?(?:network|media|post)?|organic[ _-]?social)$/;
const AI = /^ai(?:[ _-]?(?:assistant|chat|search|referral))?$|^llm$/;
/** Added as a word of the source: `email_jan`, `mynewsletter`; not `emailoctopus-ads`. */
const EMAIL_SOURCE = /(?:^|[^a-z])e[-_ ]?mail(?:[^a-z]|$)|newsletter(?:[^a-z]|$)/;
const EMAIL_MEDIUM = /e[-_ ]?mail|newsletter/;

const isPaid = ({ medium }: Campaign): boolean => PAID_MEDIUM.test(medium) || MORE_PAID.test(medium);
const isShopping = ({ campaign, kind }: Campaign): boolean =>
  kind === 'shopping' || SHOPPING_CAMPAIGN.test(campaign);
/** The first that applies. */
const RULES: readonly [Channel, (campaign: Campaign) => boolean][] = [
  ['direct', ({ source, medium }) => source === '(direct)' && /^(?:\(none\)|\(not set\)|)$/.test(medium)],
  ['cross_network', ({ campaign, medium }) => /cross-network/.test(campaign) || medium === 'cross-network'],
  ['paid_shopping', (one) => isShopping(one) && isPaid(one)],
  ['paid_search', (one) => one.kind === 'search' && isPaid(one)],
  ['paid_social', (one) => one.kind === 'social' && isPaid(one)],
  ['paid_video', (one) => one.kind === 'video' && isPaid(one)],
  ['display', ({ medium }) => DISPLAY.test(medium) || MORE_DISPLAY.test(medium)],
  ['paid_other', isPaid],
  ['organic_shopping', isShopping],
  [
    'organic_social',
    ({ kind, medium }) => kind === 'social' || SOCIAL.test(medium) || MORE_SOCIAL.test(medium),
  ],
  ['organic_video', ({ kind, medium }) => kind === 'video' || /video/.test(medium)],
  ['organic_search', ({ kind, medium }) => kind === 'search' || /^(?:organic|seo)$/.test(medium)],
  ['ai_assistant', ({ kind, medium }) => kind === 'ai' || AI.test(medium)],
  ['referral', ({ medium }) => /^(?:referral|app|link)$/.test(medium)],
  ['email', ({ source, medium }) => EMAIL_SOURCE.test(source) || EMAIL_MEDIUM.test(medium)],
  ['email', ({ kind }) => kind === 'email'],
  ['affiliate', ({ medium }) => /^affiliates?$/.test(medium)],
  ['audio', ({ medium }) => medium === 'audio'],
  ['sms', ({ source, medium }) => source === 'sms' || medium === 'sms'],
  ['push', ({ source, medium }) => /push$|mobile|notification/.test(medium) || source === 'firebase'],
  ['display', ({ kind }) => kind === 'ads'],
];

/** Added: an advertiser's name without a medium, as `facebook-ads` or `adwords`. */
const AD_SOURCES: Readonly<Record<string, string>> = {
  adwords: 'google',
  gads: 'google',
  fcb: 'facebook',
  fbad: 'facebook',
  facebookfeedad: 'facebook',
  'tik.tok': 'tiktok',
  'yandex.direct': 'yandex',
  yandexdirect: 'yandex',
  ydirect: 'yandex',
  microsoftads: 'bing',
  msads: 'bing',
};

function findAdvertiser(source: string): KnownSource | undefined {
  const name = AD_SOURCES[source.replace(/[ _-]/g, '')] ?? /^(.+?)[ _.-]?ads?$/.exec(source)?.[1];
  return name ? findKnownSource(name) : undefined;
}

/** Campaigns to be remembered: a site has few. */
const MAX_CACHED = 1_000;
/** In no campaign that is remembered: what comes before it is one part of it. */
const SEPARATOR = '\n';

const classify = memoize(MAX_CACHED, (parts): CampaignChannel => {
  const [source = '', medium = '', campaign = '', host = ''] = parts.split(SEPARATOR);
  const known = source ? findKnownSource(source) : findKnownSource(host);
  // `google_ads` is what its hosts are called too, which show ads on pages of others.
  const advertiser = known === undefined || known.kind === 'ads' ? findAdvertiser(source) : undefined;
  const found = advertiser ?? known;
  const channel = RULES.find(([, applies]) => applies({ source, medium, campaign, kind: found?.kind }))?.[0];
  const isAd =
    advertiser !== undefined && (medium === '' || !channel || channel === ORGANIC[advertiser.kind]);
  return {
    ...found,
    channel: isAd ? PAID[advertiser.kind] : (channel ?? 'campaign'),
  };
});

const normalize = (text = ''): string => text.toLowerCase().trim().replace(/\s+/g, ' ');

/** @param host of the referrer, which is the source where the campaign names none */
export const classifyCampaign = ({ source, medium, campaign }: Utm, host = ''): CampaignChannel =>
  classify([source, medium, campaign, host].map(normalize).join(SEPARATOR));
