#!/usr/bin/env node
/**
 * Writes src/map/world.ts, the outlines of countries as SVG paths, from packages of npm that are installed in a folder:
 *
 *   npm install --prefix /tmp/map world-atlas topojson-client d3-geo i18n-iso-countries
 *   node scripts/world-map.mjs /tmp/map
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const [folder] = process.argv.slice(2);
if (!folder) throw new Error('usage: world-map.mjs FOLDER');
const modules = join(resolve(folder), 'node_modules');
const load = (name) => import(pathToFileURL(createRequire(`${modules}/`).resolve(name)).href);
const read = (file) => JSON.parse(readFileSync(join(modules, file), 'utf8'));
const { feature } = await load('topojson-client');
const { geoNaturalEarth1, geoPath } = await load('d3-geo');

/** As fine as whole numbers are to be: they compress best. */
const WIDTH = 1600;
const codes = new Map(read('i18n-iso-countries/codes.json').map(([two, , number]) => [number, two]));
/** What the atlas has without a number of ISO 3166 is drawn with the country whose code visitors there have. */
const WITHOUT_NUMBER = { Kosovo: 'XK', 'N. Cyprus': 'CY', Somaliland: 'SO' };
const features = (file) => {
  const atlas = read(file);
  return feature(atlas, atlas.objects.countries).features.flatMap((country) => {
    const code = codes.get(country.id) ?? WITHOUT_NUMBER[country.properties.name];
    return code && code !== 'AQ' ? [{ ...country, code }] : [];
  });
};

const coarse = features('world-atlas/countries-110m.json');
const projection = geoNaturalEarth1().fitWidth(WIDTH, { type: 'FeatureCollection', features: coarse });
const path = geoPath(projection).digits(0);
const [, [, bottom]] = path.bounds({ type: 'FeatureCollection', features: coarse });

/** With lines by how far they go. Rings that are a point at this size are left out. */
const relative = (drawn) =>
  drawn
    .split('M')
    .slice(1)
    .flatMap((ring) => {
      const places = ring
        .replace('Z', '')
        .split('L')
        .map((place) => place.split(',').map(Number));
      const [first = [0, 0]] = places;
      const steps = places.slice(1).flatMap((place, at) => {
        const step = [0, 1].map((axis) => place[axis] - places[at][axis]);
        return step.every((by) => by === 0) ? [] : [step.join(',').replace(',-', '-')];
      });
      return steps.length < 2 ? [] : [`M${first}l${steps.join(' ').replaceAll(' -', '-')}z`];
    })
    .join('');

/** @type {Record<string, string>} */
const shapes = {};
for (const country of coarse) shapes[country.code] = (shapes[country.code] ?? '') + relative(path(country));
/** Countries too small for an outline: a dot. */
const points = Object.fromEntries(
  features('world-atlas/countries-50m.json')
    .filter(({ code }) => !shapes[code])
    .map((country) => [country.code, path.centroid(country).map(Math.round)]),
);

writeFileSync(
  fileURLToPath(new URL('../src/map/world.ts', import.meta.url)),
  `/** Written by scripts/world-map.mjs: countries by code, of Natural Earth in its own projection. */
export const WIDTH = ${WIDTH};
export const HEIGHT = ${Math.ceil(bottom)};

export const SHAPES: Readonly<Record<string, string>> = ${JSON.stringify(shapes, null, 2)};

/** Centres of countries that are too small for an outline. */
export const POINTS: Readonly<Record<string, readonly number[]>> = ${JSON.stringify(points)};
`,
);
