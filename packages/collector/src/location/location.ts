/** Where a visitor is, as far as one source says it. Pure. */
import { type LocationSource, MAX_CONTEXT_CHARS } from '@liveinsight/schema';
import { cutText } from '../events/bound-key.js';
import type { KnownLocation } from '../options.js';

/** What is stored of it. */
export interface Location {
  country?: string;
  region?: string;
  city?: string;
  /** Which source said it. */
  location_source?: LocationSource;
}

/** ISO 3166-1 leaves these to users: platforms send `XX` or `ZZ` where they do not know. Of them, only Kosovo's `XK` is a country. */
const NO_COUNTRY = /^(AA|Q[M-Z]|X[A-JL-Z]|ZZ|EU|AP)$/;
const CONTROL_CHARACTERS = /\p{Cc}/gu;

/** A location as it may be stored: a country that there is, and names of bounded length; nothing where no country is known. */
export function toLocation(known: KnownLocation | undefined, source: LocationSource): Location {
  const country = toCountry(known?.country);
  if (country === undefined) return {};
  const [region, city] = [toName(known?.region), toName(known?.city)];
  return {
    country,
    ...(region === undefined ? {} : { region }),
    ...(city === undefined ? {} : { city }),
    location_source: source,
  };
}

/** The one that says most; of those that say as much, the first. They are not mixed: a city belongs to its own country. */
export function chooseLocation(locations: readonly Location[]): Location {
  return locations.reduce<Location>((best, one) => (countDetail(one) > countDetail(best) ? one : best), {});
}

const countDetail = ({ country, region, city }: Location): number =>
  country === undefined ? 0 : city !== undefined ? 3 : region !== undefined ? 2 : 1;

function toCountry(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const code = value.trim().toUpperCase();
  return /^[A-Z]{2}$/.test(code) && !NO_COUNTRY.test(code) ? code : undefined;
}

function toName(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const name = value.replace(CONTROL_CHARACTERS, '').trim().toWellFormed();
  return name === '' ? undefined : cutText(name, MAX_CONTEXT_CHARS);
}
