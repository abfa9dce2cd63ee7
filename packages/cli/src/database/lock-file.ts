/** `running.json`: the process that holds the folder's database, and how other commands reach it there. */
import { readFileSync } from 'node:fs';
import { hostname, networkInterfaces } from 'node:os';
import { isPrivate, writePrivate } from './private-file.js';

/** How to reach a store that another process has open. */
export interface StoreAccess {
  endpoint: string;
  /** Each start creates a new one. */
  key: string;
}

export interface DatabaseLock extends StoreAccess {
  pid: number;
  /** Of the dev server, where it is one. */
  url?: string;
}

export const writeLock = (file: string, holder: DatabaseLock): void =>
  writePrivate(file, JSON.stringify(holder));

/**
 * Undefined where there is none, or one that this user has not written: the folder may have come with somebody else's
 * repository. Commands send nothing beyond this machine, and sign with nothing but what is in the file.
 */
export function readLock(file: string): DatabaseLock | undefined {
  if (!isPrivate(file)) return undefined;
  try {
    return parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return undefined; // One that was cut.
  }
}

function parse(value: unknown): DatabaseLock | undefined {
  if (!isRecord(value)) return undefined;
  const { pid, endpoint, key, url } = value;
  const local = parseOrigin(LOOPBACK, endpoint);
  const server = parseOrigin(thisMachine(), url);
  if (typeof pid !== 'number' || local === undefined || (url !== undefined && server === undefined))
    return undefined;
  if (typeof key !== 'string') return undefined;
  return {
    pid,
    endpoint: local,
    key,
    ...(server === undefined ? {} : { url: server }),
  };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** A dev server may listen on one of the machine's other addresses. */
function thisMachine(): ReadonlySet<string> {
  const addresses = Object.values(networkInterfaces()).flatMap((list = []) => list);
  const hosts = addresses.map(({ family, address }) => (family === 'IPv6' ? `[${address}]` : address));
  return new Set([...LOOPBACK, ...hosts, hostname().toLowerCase()]);
}

/** The origin alone: a path would be printed, too. */
function parseOrigin(hosts: ReadonlySet<string>, value: unknown): string | undefined {
  if (typeof value !== 'string' || !URL.canParse(value)) return undefined;
  const url = new URL(value);
  return url.protocol === 'http:' && hosts.has(url.hostname) ? url.origin : undefined;
}
