/** Finds where a visitor is: by address, by headers of the platform, by the time zone of the device. */
import { rareLog } from '../http/rare-log.js';
import type { CollectorRequest } from '../http/request.js';
import type { CommonOptions, KnownLocation } from '../options.js';
import { readLocationHeaders } from './headers.js';
import { chooseLocation, type Location, toLocation } from './location.js';
import { getTimeZoneCountry } from './time-zone-country.js';

export interface Visitor {
  request: Pick<CollectorRequest, 'header'>;
  /** Of the visitor; empty where it is not known. Used for the lookup, and stored nowhere. */
  ip: () => string;
  timezone: string | undefined;
}

/** Never rejects: a lookup that fails is reported, and the other sources count. */
export type Locate = (visitor: Visitor) => Promise<Location>;

type Options = Pick<
  CommonOptions,
  'location' | 'countryHeader' | 'regionHeader' | 'cityHeader' | 'locationHeaders'
>;

/** A lookup that takes longer is as one that found nothing: no event waits for a service that hangs. */
const MAX_LOOKUP_MS = 1_000;

export function createLocate(options: Options, report = reportFailure): Locate {
  const { location: lookUp } = options;

  async function byAddress(getIp: Visitor['ip']): Promise<KnownLocation | undefined> {
    const ip = lookUp ? getIp() : '';
    if (!lookUp || ip === '') return undefined;
    try {
      const found = lookUp(ip);
      return found instanceof Promise ? await withinTime(found) : found;
    } catch (error) {
      report(new Error(describe(error, ip)));
      return undefined;
    }
  }

  return async ({ request, ip, timezone }) =>
    chooseLocation([
      toLocation(await byAddress(ip), 'database'),
      toLocation(readLocationHeaders(request, options), 'header'),
      toLocation(timezone ? { country: getTimeZoneCountry(timezone) } : undefined, 'timezone'),
    ]);
}

async function withinTime<Result>(promise: Promise<Result>): Promise<Result> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no result within ${MAX_LOOKUP_MS} ms`)), MAX_LOOKUP_MS);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

const reportFailure = rareLog<Error>(({ message }) => `the option location failed: ${message}`);

/** Without the address, which belongs into no log. */
const describe = (error: unknown, ip: string): string =>
  (error instanceof Error ? error.message : 'it threw no Error').replaceAll(ip, '…');
