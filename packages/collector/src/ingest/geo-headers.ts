/** Where a request came from, as the platform's headers say. */
import type { CollectorRequest } from '../http/request.js';
import type { CommonOptions } from '../options.js';

const MAX_REGION_CHARS = 64;
/** ISO 3166-1's code for no country, which platforms send when they don't know. */
const UNKNOWN_COUNTRY = 'XX';

export interface Location {
  country: string | undefined;
  region: string | undefined;
}

type LocationOptions = Pick<CommonOptions, 'countryHeader' | 'regionHeader'>;

export function getLocation(
  request: CollectorRequest,
  { countryHeader, regionHeader }: LocationOptions,
): Location {
  const country = countryHeader ? request.header(countryHeader)?.trim().toUpperCase() : undefined;
  const region = regionHeader ? request.header(regionHeader)?.trim().slice(0, MAX_REGION_CHARS) : undefined;
  return {
    country: country && /^[A-Z]{2}$/.test(country) && country !== UNKNOWN_COUNTRY ? country : undefined,
    region: region?.toWellFormed() || undefined,
  };
}
