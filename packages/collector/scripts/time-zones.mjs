/**
 * Makes `src/location/time-zones.ts` of the tz database (IANA, public domain): `node scripts/time-zones.mjs [folder]`, where the
 * folder has `zone.tab` and `tzdata.zi`. By default it is this machine's. Old names get the country of the place that CLDR
 * gives them: the database itself links some of them to zones of other countries.
 */
import { readFileSync, writeFileSync } from 'node:fs';

const folder = process.argv[2] ?? '/usr/share/zoneinfo';
const read = (name) => readFileSync(`${folder}/${name}`, 'utf8').split('\n');

/** Names that say an offset or a rule, and no place. */
const NO_PLACE = /^(Etc\/.*|[CEMW]ET|[A-Z]{3}\d?([A-Z]{3})?|GMT.*|Greenwich|Universal|Zulu|Factory)$/;
/** Names in three letters that are places all the same. */
const PLACES = new Set(['PRC', 'ROC', 'ROK']);

const canonical = (zone) => new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone;

const zones = new Map();
const byCanonical = new Map();
for (const line of read('zone.tab')) {
  if (line === '' || line.startsWith('#')) continue;
  const [country, , zone] = line.split('\t');
  zones.set(zone, country);
  byCanonical.set(canonical(zone), country);
}
const definitions = read('tzdata.zi');
const version = definitions[0].replace('# version ', '');
for (const [kind, , name] of definitions.map((line) => line.split(' '))) {
  if (kind !== 'L' || zones.has(name) || (NO_PLACE.test(name) && !PLACES.has(name))) continue;
  const country = byCanonical.get(canonical(name));
  if (country) zones.set(name, country);
  else console.warn(`no country: ${name}`);
}

/** Cities by country, by area: `Asia` → `KR` → `Seoul`. */
const areas = new Map();
for (const [zone, country] of [...zones].sort(([a], [b]) => (a < b ? -1 : 1))) {
  const slash = zone.indexOf('/');
  const area = zone.slice(0, Math.max(slash, 0));
  const countries = areas.get(area) ?? areas.set(area, new Map()).get(area);
  countries.set(country, [...(countries.get(country) ?? []), zone.slice(slash + 1)]);
}
const lines = [...areas].map(([area, countries]) =>
  [area, ...[...countries].map(([country, names]) => `${country}:${names.join(',')}`)].join(' '),
);

writeFileSync(
  new URL('../src/location/time-zones.ts', import.meta.url),
  `/**
 * Countries of time zones, old names too: made by \`scripts/time-zones.mjs\` of the tz database ${version} (public domain).
 * A line has an area and the cities of it by country.
 */
export const TIME_ZONES = \`
${lines.join('\n')}
\`;
`,
);
console.log(`${zones.size} time zones of the tz database ${version}`);
