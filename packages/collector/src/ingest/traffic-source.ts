/**
 * Where a session came from: a source (who) and a channel (how), from its campaign, its click id, or else its referrer. Channels
 * follow the default channel group of Google Analytics 4; the README says where they do not.
 */
import { type Batch, CLICK_IDS, type ClickId, type Utm } from '@liveinsight/schema';
import { getHost } from '../events/page-path.js';
import { classifyCampaign } from './campaign-channel.js';
import { type Channel, ORGANIC, PAID } from './channels.js';
import { findKnownSource, isPassage, type KnownSource, type SourceKind } from './known-sources.js';

export interface Origin {
  /** Campaign's source, or the referrer's name or host; absent for a direct visit. */
  source?: string;
  channel: Channel;
  /** Which click id the address had. */
  clickId?: ClickId;
}

/** What is known of a visit besides how it says it came. */
export interface Visit {
  /** URL that was visited: a referrer of its host, or of one above or below it, is no source. */
  page?: string | undefined;
  /** Of the site, as `https://*.shop.example`: referrers of their hosts are none either. */
  origins?: readonly string[];
  /** The source that its in-app browser stands for: of a visit with neither referrer nor campaign. */
  appSource?: string | undefined;
}

/** What each click id says: whose it is, and whether the click was paid for. Facebook adds its own to unpaid links too. */
const CLICKS: Readonly<Record<ClickId, { source: string; paid?: SourceKind }>> = {
  gclid: { source: 'google', paid: 'search' },
  gbraid: { source: 'google', paid: 'search' },
  wbraid: { source: 'google', paid: 'search' },
  dclid: { source: 'google', paid: 'search' },
  msclkid: { source: 'bing', paid: 'search' },
  yclid: { source: 'yandex', paid: 'search' },
  ttclid: { source: 'tiktok', paid: 'social' },
  twclid: { source: 'x', paid: 'social' },
  li_fat_id: { source: 'linkedin', paid: 'social' },
  rdt_cid: { source: 'reddit', paid: 'social' },
  ScCid: { source: 'snapchat', paid: 'social' },
  fbclid: { source: 'facebook' },
};

export function classifyOrigin(
  { utm, referrer }: Pick<Batch['session'], 'utm' | 'referrer'>,
  visit: Visit = {},
): Origin {
  const host = getHost(referrer);
  const clickId = utm && CLICK_IDS.find((id) => utm[id] !== undefined);
  const hasCampaign = utm?.source || utm?.medium || utm?.campaign;
  if (utm && hasCampaign) return { ...fromCampaign(utm, host, clickId), ...(clickId && { clickId }) };
  return clickId
    ? { ...fromClick(clickId, findKnownSource(host)), clickId }
    : fromReferrer(host, utm?.ref, visit);
}

function fromReferrer(
  host: string | undefined,
  ref: string | undefined,
  { page, origins = [], appSource }: Visit,
): Origin {
  const visited = getHost(page);
  const isOwn = (own: string | undefined) => host !== undefined && own !== undefined && isRelated(host, own);
  if (isOwn(visited) || origins.some((origin) => isOwn(getHost(origin.replace('*.', ''))))) {
    // One name, whichever of its hosts it was.
    return { source: visited ?? host ?? '', channel: 'internal' };
  }
  const mentioned = ref === undefined ? undefined : fromMention(ref, host);
  if (mentioned) return mentioned;
  if (host === undefined || isPassage(host))
    return appSource === undefined ? { channel: 'direct' } : fromSource(appSource);
  return fromSource(host);
}

/**
 * Whether `host` is `own`, below or above it. Hosts beside each other, as `one.github.io` and `two.github.io`, may belong to anybody, and
 * so may those below a well-known one, as blogs do.
 */
const isRelated = (host: string, own: string): boolean =>
  host === own || host.endsWith(`.${own}`) || (own.endsWith(`.${host}`) && !findKnownSource(host));

const toOrganic = ({ name, kind }: KnownSource): Origin => ({ source: name, channel: ORGANIC[kind] });

function fromSource(source: string): Origin {
  const known = findKnownSource(source.toLowerCase());
  return known ? toOrganic(known) : { source, channel: 'referral' };
}

/** Channels that a paid click can have been taken for. */
const UNPAID: ReadonlySet<Channel> = new Set<Channel>([
  'organic_search',
  'organic_social',
  'organic_video',
  'organic_shopping',
  'referral',
  'campaign',
]);

function fromCampaign(utm: Utm, host: string | undefined, clickId: ClickId | undefined): Origin {
  const { name, kind, channel } = classifyCampaign(utm, host);
  const source = name ?? utm.source ?? host;
  const paid = clickId && CLICKS[clickId].paid;
  const found = paid && UNPAID.has(channel) ? PAID[kind ?? paid] : channel;
  return source && found !== 'direct' ? { source, channel: found } : { channel: found };
}

function fromClick(clickId: ClickId, known: KnownSource | undefined): Origin {
  const { source, paid } = CLICKS[clickId];
  if (paid) return { source: known?.kind === paid ? known.name : source, channel: PAID[paid] };
  return known ? toOrganic(known) : fromSource(source);
}

const HOST_OR_NAME = /^[\w-]+(?:\.[\w-]+)*$/;

/**
 * What `?ref=` or `?source=` names: of any visit where it is a known source or a host, else of one without a referrer, for many
 * sites use the same words for places on their own pages.
 */
function fromMention(ref: string, host: string | undefined): Origin | undefined {
  const name = ref
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .replace(/\/.*$/s, '');
  if (!HOST_OR_NAME.test(name) || /^[\d._-]+$/.test(name)) return undefined;
  if (findKnownSource(name)) return fromSource(name);
  return host === undefined || /\.[a-z]{2,}$/.test(name) ? { source: name, channel: 'referral' } : undefined;
}
