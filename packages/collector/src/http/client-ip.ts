/** The visitor's address: from the connection, or from as many proxies as are trusted. Used and dropped, never stored. */
import { isIPv4, isIPv6 } from 'node:net';
import type { CollectorRequest, Connection } from './request.js';

/** What is read of a request. */
type Headers = Pick<CollectorRequest, 'header'>;

export type ClientIps = (request: Headers, connection: Connection) => string;

/** @param warn told once where a request comes without any address */
export function createClientIps(trustedProxies: number, warn: (message: string) => void): ClientIps {
  let hasWarned = false;
  return (request, connection) => {
    const ip = clientIp(request, connection, trustedProxies);
    if (ip === '' && !hasWarned) {
      hasWarned = true;
      warn(NO_ADDRESS);
    }
    return ip;
  };
}

const NO_ADDRESS =
  'LiveInsight: a request came without the address of its client, so that all visitors of one browser without a visitor id count as one. Pass it, as collector.fetch(request, { ip }), or set trustedProxies where a proxy sends X-Forwarded-For.';

/**
 * Each trusted proxy appends the address it was reached from, so the visitor's stands `trustedProxies` places from
 * the end; what a client wrote itself stands further left and is never looked at.
 */
export function clientIp(request: Headers, { ip = '' }: Connection, trustedProxies: number): string {
  if (trustedProxies === 0) return toAddress(ip);
  const hops = forwardedFor(request);
  const hop = toAddress(hops.at(-trustedProxies) ?? hops[0] ?? '');
  return hop === '' || hop === 'unknown' ? toAddress(ip) : hop;
}

/** The addresses that proxies have noted, the nearest proxy's last: by X-Forwarded-For, else by Forwarded (RFC 7239). */
function forwardedFor(request: Headers): string[] {
  const plain = splitList(request.header('x-forwarded-for'));
  if (plain.length > 0) return plain;
  return splitList(request.header('forwarded')).map((hop) => {
    const parameter = hop.split(';').find((part) => part.trim().toLowerCase().startsWith('for='));
    return parameter?.slice(parameter.indexOf('=') + 1) ?? 'unknown';
  });
}

const splitList = (header = ''): string[] =>
  header
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');

/** Longer than any address; what is longer comes from no proxy. */
const MAX_ADDRESS_CHARS = 64;

/** One spelling of an address, without its port, quotes, brackets and zone: else each connection is a visitor of its own. */
function toAddress(text: string): string {
  const entry = text.trim().slice(0, MAX_ADDRESS_CHARS).replaceAll('"', '').trim();
  const bracketed = entry.startsWith('[') ? entry.slice(1).split(']', 1)[0] : undefined;
  const [host = ''] = (bracketed ?? withoutPort(entry)).split('%', 1);
  // Looked for first: Node's own pattern of an IPv6 address takes a cold start 8 ms to compile.
  if (!host.includes(':') || !isIPv6(host)) return host.toLowerCase();
  const compressed = new URL(`http://[${host}]/`).hostname.slice(1, -1);
  return mappedV4(compressed) ?? compressed;
}

/** Of `203.0.113.9:61598`; an IPv6 address without brackets has colons of its own, and no port. */
function withoutPort(entry: string): string {
  const [host = '', port, ...more] = entry.split(':');
  return port !== undefined && more.length === 0 && (isIPv4(host) || host.startsWith('_')) ? host : entry;
}

/** The IPv4 address in `::ffff:cb00:7109`, as sockets that take both kinds name it. */
function mappedV4(address: string): string | undefined {
  if (!address.startsWith('::ffff:')) return undefined;
  const [high = 0, low = 0] = address
    .slice('::ffff:'.length)
    .split(':')
    .map((part) => Number.parseInt(part, 16));
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}
