/** The option `location` of a MaxMind DB file, as GeoLite2 or DB-IP: `location: await fromMmdb('GeoLite2-City.mmdb')`. */
import { readFile, stat } from 'node:fs/promises';
import { isIP, isIPv6 } from 'node:net';
import { type CityResponse, Reader } from 'mmdb-lib';
import { MAX_KNOWN_RECORD_BYTES } from '../budgets.js';
import { LruMap } from '../cache/lru-map.js';
import type { KnownLocation } from '../options.js';

export interface MmdbOptions {
  /** Language of the names of regions and cities, where the file has it. Default `en`. */
  language?: string;
  /** Called when a new file cannot be used: the one before stays in use. Default: a line on standard error. */
  onError?: (error: Error) => void;
}

/** How often, at most, is looked whether the file is another one. */
const CHECK_EVERY_MS = 1_000;
/** Zeros between the tree of addresses and what is known of them. */
const SEPARATOR_BYTES = 16;
const NO_LOCATIONS = /ASN|Domain|ISP|Anonymous|Connection/i;
/** Looked up in a new file before it is used: a file that was cut off or overwritten in part fails at some of them. */
const PROBES = ['1.1.1.1', '8.8.8.8', '77.0.0.1', '126.0.0.1', '200.0.0.1', '2001:4860:4860::8888'];

type File = Reader<Partial<CityResponse>>;

/**
 * Reads the file into memory, and again when another one takes its place: within a second of the next lookup after that.
 * Replace it by renaming a complete file, as `mv` and `geoipupdate` do.
 * @throws where the file cannot be read or is no such database
 */
export async function fromMmdb(
  path: string,
  { language = 'en', onError = report }: MmdbOptions = {},
): Promise<(ip: string) => KnownLocation | undefined> {
  let identity = await identify(path);
  let file = await open(path);
  let checkedAt = Date.now();
  let isChecking = false;
  let failed = '';

  async function check(): Promise<void> {
    isChecking = true;
    try {
      const found = await identify(path);
      if (found === identity) return;
      file = await open(path);
      [identity, failed] = [found, ''];
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      if (message !== failed) onError(new Error(`${path}: the file before stays in use: ${message}`));
      failed = message;
    } finally {
      isChecking = false;
      checkedAt = Date.now();
    }
  }

  return (ip) => {
    if (!isChecking && Date.now() - checkedAt >= CHECK_EVERY_MS) void check();
    return lookUp(file, ip, language);
  };
}

/** What changes when another file takes its place, or its bytes change. */
async function identify(path: string): Promise<string> {
  const { ino, size, mtimeNs } = await stat(path, { bigint: true });
  return `${ino} ${size} ${mtimeNs}`;
}

async function open(path: string): Promise<File> {
  const bytes = await readFile(path);
  const file: File = new Reader(bytes, { cache: createRecordCache() });
  const { searchTreeSize, databaseType } = file.metadata;
  const separator = bytes.subarray(searchTreeSize, searchTreeSize + SEPARATOR_BYTES);
  if (separator.length < SEPARATOR_BYTES || separator.some((byte) => byte !== 0))
    throw new Error('it is damaged: nothing separates its tree from its data');
  if (NO_LOCATIONS.test(databaseType))
    throw new Error(`a database of the type ${databaseType} has no locations`);
  for (const ip of PROBES) lookUp(file, ip, 'en');
  return file;
}

/** Bytes of what holds a record and of its place, beside its text, which has two bytes a character. */
const ENTRY_BYTES = 256;

/**
 * Records that were decoded, by their place in the file: to decode one, with its names in eight languages, takes forty times as
 * long as to find it. No address is remembered.
 */
function createRecordCache() {
  const known = new LruMap<unknown>(MAX_KNOWN_RECORD_BYTES);
  return {
    get: (offset: number | string) => known.get(String(offset)),
    set: (offset: number | string, value: unknown) =>
      known.set(String(offset), value, ENTRY_BYTES + 2 * (JSON.stringify(value, toText)?.length ?? 0)),
  };
}

/** Databases may have integers that JSON has not. */
const toText = (_: string, value: unknown) => (typeof value === 'bigint' ? String(value) : value);

function lookUp(file: File, ip: string, language: string): KnownLocation | undefined {
  if (isIP(ip) === 0 || (isIPv6(ip) && file.metadata.ipVersion === 4)) return undefined;
  const found = file.get(ip);
  if (!found) return undefined;
  const getName = (place: { names?: object } | undefined) =>
    (place?.names as Record<string, string> | undefined)?.[language] ??
    (place?.names as Record<string, string> | undefined)?.en;
  const [subdivision] = found.subdivisions ?? [];
  return {
    country: found.country?.iso_code ?? found.registered_country?.iso_code,
    region: getName(subdivision) ?? subdivision?.iso_code,
    city: getName(found.city),
  };
}

const report = ({ message }: Error): void => console.error(`LiveInsight: ${message}`);
