/** The country of a time zone. */
import { lazy } from '../cache/lazy.js';
import { TIME_ZONES } from './time-zones.js';

/** By name in lower case, as names differ in case from no other. Made at the first visitor: a process that takes no events needs none. */
const countries = lazy(() => {
  const byZone = new Map<string, string>();
  for (const line of TIME_ZONES.trim().split('\n')) {
    const [area = '', ...entries] = line.split(' ');
    for (const entry of entries) {
      const [country = '', names = ''] = entry.split(':');
      for (const name of names.split(','))
        byZone.set((area ? `${area}/${name}` : name).toLowerCase(), country);
    }
  }
  return byZone;
});

/** ISO 3166-1; undefined for what is no place, as `UTC`, and for what is no time zone. */
export const getTimeZoneCountry = (timezone: string): string | undefined =>
  countries().get(timezone.toLowerCase());
