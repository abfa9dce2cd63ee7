/** The source that a host, or a campaign's name, stands for: by a table of our own first, then by public lists. */
import { memoize } from '../cache/bounded-memo.js';
import { PASSAGES } from './passage-hosts.js';
import {
  AI_ASSISTANTS,
  GA4_SEARCH,
  GA4_SHOPPING,
  GA4_SOCIAL,
  GA4_VIDEO,
  SEARCH_ENGINES,
  SOCIAL_NETWORKS,
} from './source-lists.js';
import { ALIASES, SOURCES, type SourceKind } from './source-table.js';

export type { SourceKind } from './source-table.js';

export interface KnownSource {
  /** One name for all of its hosts, as `google`. */
  name: string;
  kind: SourceKind;
}

const byDomain = new Map<string, KnownSource>();
/** Domains whose ending varies by country, by what is before it. */
const byStem = new Map<string, KnownSource>();
const byName = new Map<string, KnownSource>();
/** Of the public lists. */
const byListedHost = new Map<string, KnownSource>();
const byListedStem = new Map<string, KnownSource>();

/** Lines of a name and its hosts. A part of a source that is known, as `google_images`, has its name. */
function addList(list: string, kind: SourceKind): void {
  for (const entry of list.split(';')) {
    const [name = '', ...hosts] = entry.trim().split(/\s+/);
    const own = byName.get(name) ?? byName.get(name.split('_')[0] ?? '');
    const known = own?.kind === kind ? own : { name, kind };
    for (const host of hosts) addListed(host, known);
  }
}

function addListed(host: string, known: KnownSource): void {
  if (host.endsWith('.{}')) setIfNew(byListedStem, host.slice(0, -3), known);
  else setIfNew(byListedHost, host.replace('{}.', ''), known);
}

/** Hosts and names of campaigns. A name with a host of its own stands for its hosts in all countries. */
function addCategory(list: string, kind: SourceKind): void {
  const sources = list.trim().split(/\s+/);
  for (const source of sources) {
    const known = findByHost(source) ?? byName.get(source) ?? { name: source.replace(/\.com$/, ''), kind };
    const isHost = source.includes('.');
    if (isHost) setIfNew(byListedHost, source, known.kind === kind ? known : { name: source, kind });
    else if (!byName.has(source)) byName.set(source, known);
    if (!isHost && source.length >= 5 && sources.includes(`${source}.com`))
      setIfNew(byListedStem, source, known);
  }
}

function setIfNew(into: Map<string, KnownSource>, key: string, known: KnownSource): void {
  if (!into.has(key)) into.set(key, known);
}

/** The source that a host, or a campaign's name in lower case, stands for. */
export const findKnownSource = (hostOrName: string | undefined): KnownSource | undefined =>
  hostOrName ? lookUp(hostOrName) : undefined;

/** Hosts and campaigns to be remembered: a site has few, and to look one up takes as long as to validate ten fields. */
const MAX_CACHED = 1_000;

const lookUp = memoize(MAX_CACHED, (hostOrName) => {
  if (byName.size === 0) fillTables();
  return byName.get(hostOrName) ?? findByHost(hostOrName);
});

/** Hosts of known domains where people work instead of searching or shopping: a link from there is a referral. */
const NO_SOURCES = new Set(
  ['calendar', 'classroom', 'docs', 'drive', 'groups', 'meet', 'sites']
    .map((name) => `${name}.google.com`)
    .concat('aws.amazon.com', 'console.aws.amazon.com'),
);

/** `com`, `cat`, `de`, `co.kr`, `com.au`: what may stand behind a stem, and nothing else, as in `google.ibm.com`. */
const COUNTRY_ENDING = /^(?:com|cat|[a-z]{2}|com?\.[a-z]{2})$/;

/** Of two parts, what domains are registered under, as `org.au`. */
const SHARED_ENDING =
  /^(?:com?|org?|net?|edu?|gov|ac|go|gob|gouv|mil|info|biz|nom|ltd|plc|sch|id)\.[a-z]{2}$/;

/** Whether the first label is a host's in somebody's domain, as in `acs.bank.example`; `acs.org.au` is a domain itself. */
const isOfDomain = (labels: string[]): boolean =>
  labels.length > 2 && !SHARED_ENDING.test(labels.slice(1).join('.'));

/** What is before the domain of a search engine where one searches: on `finance.yahoo.com` nobody does. */
const SEARCH_LABEL =
  /^(?:www\d?|m|mobile|wap|lite|html|start|search|suche|recherche|images?|img|encrypted|ipv6|r|nova|[a-z]{2})$/;

/** Labels of a host that may be a known one; those of the tables have at most six. Each beginning and end of them is looked up. */
const MAX_LABELS = 12;

function findByHost(host: string): KnownSource | undefined {
  const name = host.replace(/^www\./, '').replace(/\.$/, '');
  const labels = name.split('.', MAX_LABELS + 1);
  if (labels.length > MAX_LABELS) return undefined;
  const domains = labels.slice(0, -1).map((_, index) => labels.slice(index).join('.'));
  if (domains.some((domain) => NO_SOURCES.has(domain))) return undefined;
  return (
    byDomain.get(name) ??
    findStem(byStem, labels, true) ??
    findListed(name, labels) ??
    findWebmail(labels) ??
    findDomain(domains, labels) ??
    findStem(byStem, labels) ??
    findListedDomain(domains, labels)
  );
}

const findListed = (name: string, labels: string[]): KnownSource | undefined =>
  byListedHost.get(name) ?? findStem(byListedStem, labels, true);

function findDomain(domains: string[], labels: string[]): KnownSource | undefined {
  for (const [index, domain] of domains.entries()) {
    const known = byDomain.get(domain);
    if (known) return isSourceAt(known, labels.slice(0, index)) ? known : undefined;
  }
  return undefined;
}

/** Below a network, anything is of it; below a search engine, where one searches. */
const isSourceAt = ({ kind }: KnownSource, before: string[]): boolean =>
  kind !== 'search' || before.every((label) => SEARCH_LABEL.test(label));

/** @param isWhole whether nothing may be before the stem */
function findStem(
  stems: ReadonlyMap<string, KnownSource>,
  labels: string[],
  isWhole = false,
): KnownSource | undefined {
  for (const ending of [1, 2]) {
    if (!COUNTRY_ENDING.test(labels.slice(-ending).join('.'))) continue;
    for (let from = isWhole ? 0 : labels.length - ending; from >= 0; from -= 1) {
      const known = stems.get(labels.slice(from, -ending).join('.'));
      if (known && isSourceAt(known, labels.slice(0, from))) return known;
    }
  }
  return undefined;
}

/** Below a listed network; a search engine is listed with each of its hosts, or stands behind a country or what searches. */
function findListedDomain(domains: string[], labels: string[]): KnownSource | undefined {
  for (const [index, domain] of domains.entries()) {
    const known = byListedHost.get(domain);
    if (known && index > 0) return isSourceAt(known, labels.slice(0, index)) ? known : undefined;
  }
  return findStem(byListedStem, labels);
}

/** `webmail.provider.example`: mail that is read in a browser, whoever's it is. */
const WEBMAIL =
  /^(?:e?mail(?!chimp|gun|jet)[\w-]*|e-mail|webmail\w*|wmail|lightmailer(?:-\w+)?|deref-[\w-]+|roundcube|zimbra|owa|poczta|posta|correo|correio|messagerie\w*)$/;

function findWebmail(labels: string[]): KnownSource | undefined {
  const [first = ''] = labels;
  const isDeref = labels.length === 2 && first.startsWith('deref-');
  return isDeref || (isOfDomain(labels) && WEBMAIL.test(first))
    ? { name: labels.join('.'), kind: 'email' }
    : undefined;
}

const passages = new Set(PASSAGES.trim().split(/\s+/));
/** Where banks ask whether a payment is theirs, as `3ds.bank.example` and `acs2.bank.example`. */
const BANK_CHECK = /^(?:acs\d*|3ds\d?|3d-?secure|secure-?3ds?)$/;

/** Whether a host is where people sign in or pay on their way: no visit begins there. */
export const isPassage = memoize(MAX_CACHED, (host) => {
  const labels = host.split('.', MAX_LABELS + 1);
  return (
    labels.length <= MAX_LABELS &&
    (labels.some((_, index) => passages.has(labels.slice(index).join('.'))) ||
      (isOfDomain(labels) && BANK_CHECK.test(labels[0] ?? '')))
  );
});

/** By the first visit that comes from somewhere: a function that has just started does not wait for the tables of the others. */
function fillTables(): void {
  for (const [kind, sources] of Object.entries(SOURCES)) {
    for (const [name, domains] of Object.entries(sources)) {
      const known: KnownSource = { name, kind: kind as SourceKind };
      byName.set(name, known);
      for (const domain of domains.toLowerCase().split(' ')) {
        if (domain.endsWith('.*')) byStem.set(domain.slice(0, -2), known);
        else byDomain.set(domain, known);
      }
    }
  }
  for (const [alias, name] of Object.entries(ALIASES)) {
    const known = byName.get(name);
    if (known) byName.set(alias, known);
  }

  addList(AI_ASSISTANTS, 'ai');
  addList(SOCIAL_NETWORKS, 'social');
  addList(SEARCH_ENGINES, 'search');
  addCategory(GA4_SEARCH, 'search');
  addCategory(GA4_SOCIAL, 'social');
  addCategory(GA4_VIDEO, 'video');
  addCategory(GA4_SHOPPING, 'shopping');
}
