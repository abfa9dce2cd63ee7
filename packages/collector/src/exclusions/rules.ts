/** Rules for what is left out, ready to be matched with what arrives. Pure. */
import { BlockList, isIPv6 } from 'node:net';
import type { ExcludedBy } from '@liveinsight/schema';
import { getHost, toPage } from '../events/page-path.js';
import { type Matcher, parsePattern } from '../query/value-pattern.js';

/** A rule as it was set. */
export interface ExclusionRule {
  by: ExcludedBy;
  value: string;
}

/** What is known of the sender of a request. */
export interface Sender {
  /** Empty where it is not known. */
  ip: () => string;
  country: string | undefined;
  userAgent: string;
  visitorId: string;
}

export interface ExclusionRules {
  isEmpty: boolean;
  /** The rule that leaves out all of a request. */
  findForSender(sender: Sender): ExclusionRule | undefined;
  /** The rule that leaves out an event of this page. */
  findForPage(pageUrl: string | undefined): ExclusionRule | undefined;
}

interface Compiled {
  rule: ExclusionRule;
  matches: Matcher;
}

export function compileRules(rules: readonly ExclusionRule[]): ExclusionRules {
  const compiled = rules.map((rule): Compiled => ({ rule, matches: toMatcher(rule) }));
  const of = (by: ExcludedBy) => compiled.filter(({ rule }) => rule.by === by);
  const [addresses, countries, hosts, paths] = [of('address'), of('country'), of('host'), of('path')];
  const [userAgents, visitors] = [of('user_agent'), of('visitor')];
  const find = (candidates: Compiled[], value: string | undefined): ExclusionRule | undefined => {
    const found = value ? candidates.find(({ matches }) => matches(value)) : undefined;
    return found?.rule;
  };
  return {
    isEmpty: compiled.length === 0,
    findForSender: ({ ip, country, userAgent, visitorId }) =>
      find(visitors, visitorId) ??
      (addresses.length > 0 ? find(addresses, ip()) : undefined) ??
      find(countries, country) ??
      (userAgents.length > 0 ? find(userAgents, userAgent.toLowerCase()) : undefined),
    findForPage(pageUrl) {
      if (!pageUrl || (hosts.length === 0 && paths.length === 0)) return undefined;
      return find(hosts, toHost(pageUrl)) ?? find(paths, toPage(pageUrl));
    },
  };
}

function toMatcher({ by, value }: ExclusionRule): Matcher {
  switch (by) {
    case 'address':
      return toRange(value);
    case 'user_agent':
      // Contained, whatever wildcards it has within.
      return parsePattern(`*${value.toLowerCase().replace(/[\\~!<>=]/g, '\\$&')}*`, (parts) => parts);
    case 'path':
      return parsePattern(value, spellPath);
    case 'host':
      return parsePattern(withoutWww(value), (parts) => parts);
    default:
      return (given) => given === value;
  }
}

function toRange(value: string): Matcher {
  const [address = '', prefix] = value.split('/');
  const family = toFamily(address);
  const list = new BlockList();
  if (prefix === undefined) list.addAddress(address, family);
  else list.addSubnet(address, Number(prefix), family);
  return (ip) => list.check(ip, toFamily(ip));
}

const toFamily = (address: string) => (isIPv6(address) ? 'ipv6' : 'ipv4');

/** A path without wildcards by any spelling of it; parts of one as they are written. */
const spellPath = (parts: string[]): string[] => (parts.length === 1 ? parts.map(toPage) : parts);

const withoutWww = (host: string): string => host.replace(/^www\./, '');

/** With its port, where that is not its scheme's own. */
function toHost(pageUrl: string): string | undefined {
  const host = getHost(pageUrl);
  const port = /^[a-z]+:\/\/[^/?#]*:(\d+)(?:[/?#]|$)/i.exec(pageUrl)?.[1];
  return host && port ? `${host}:${port}` : host;
}
