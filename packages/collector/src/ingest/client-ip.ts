/** The visitor's address: from the connection, or from as many proxies as are trusted. Used and dropped, never stored. */
import type { CollectorRequest, Connection } from '../http/request.js';

/**
 * Each trusted proxy appends the address it was reached from, so the visitor's stands `trustedProxies` places from
 * the end; what a client wrote itself stands further left and is never looked at.
 */
export function clientIp(request: CollectorRequest, { ip = '' }: Connection, trustedProxies: number): string {
  if (trustedProxies === 0) return plain(ip);
  const forwarded = request.header('x-forwarded-for')?.split(',') ?? [];
  return plain(forwarded.at(-trustedProxies) ?? forwarded[0] ?? ip);
}

const plain = (ip: string) => ip.trim().replace(/^::ffff:/i, '');
