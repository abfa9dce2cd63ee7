#!/usr/bin/env node
/**
 * Writes src/icons/flags.webp, src/icons/marks.svg and src/icons/marks.ts from two packages of npm, both installed in a folder ICONS:
 *
 *   npm install --prefix ICONS country-flag-icons simple-icons
 *   node scripts/icon-sheets.mjs ICONS/node_modules/country-flag-icons ICONS/node_modules/simple-icons
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { launchChromium } from '../../../scripts/launch-chromium.mjs';

const [flags, brands] = process.argv.slice(2);
if (!flags || !brands) throw new Error('usage: icon-sheets.mjs COUNTRY_FLAG_ICONS SIMPLE_ICONS');
const out = fileURLToPath(new URL('../src/icons/', import.meta.url));

/** Of simple-icons: browsers, systems and sources that are met often. */
const BRANDS =
  'google googlechrome firefoxbrowser opera brave vivaldi apple android linux ubuntu freebsd playstation roku ' +
  'duckduckgo baidu naver ecosia qwant startpage kagi facebook instagram threads x reddit pinterest tiktok snapchat ' +
  'whatsapp telegram discord mastodon bluesky ycombinator github stackoverflow producthunt quora tumblr medium youtube ' +
  'vimeo twitch bilibili kakaotalk line wechat vk sinaweibo zhihu lobsters claude perplexity googlegemini deepseek ' +
  'mistralai gmail protonmail ebay etsy';

/** Drawn here: what simple-icons lacks, devices, and kinds of events. Of 24 × 24. */
const OWN = {
  windows:
    'M1 3.4 10.8 2v9.5H1zM11.9 1.9 23 .3v11.2H11.9zM1 12.6h9.8V22L1 20.6zM11.9 12.6H23v11.1l-11.1-1.6z #2f7de1',
  safari:
    'M12 1a11 11 0 1 0 0 22 11 11 0 0 0 0-22zm0 2a9 9 0 1 1 0 18 9 9 0 0 1 0-18zm6 3-8 3.5-4 8.5 8-4zM12 10.700a1.3 1.3 0 1 1 0 2.6 1.3 1.3 0 0 1 0-2.600z #006cff',
  edge: 'M12 1.5a10.5 10.5 0 1 0 9.3 15.4c-1.7 1-3.7 1.5-5.7 1.5-4.2 0-7-2.4-7.3-5.400H22.500v-1A10.5 10.5 0 0 0 12 1.500zm0 4c2.5 0 4.5 1.6 5 4.500H8.400c.4-2.7 1.8-4.5 3.6-4.500z #1f8fcb',
  linkedin:
    'M3 1h18a2 2 0 0 1 2 2v18a2 2 0 0 1-2 2H3a2 2 0 0 1-2-2V3a2 2 0 0 1 2-2zm1.5 8.500v10h3v-10zM6 4.400a1.8 1.8 0 1 0 0 3.6 1.8 1.8 0 0 0 0-3.600zm4 5.100v10h3v-5.300c0-1.6.7-2.4 1.9-2.400s1.7.8 1.7 2.400v5.300h3v-6.100c0-2.8-1.4-4.2-3.6-4.2-1.4 0-2.4.6-3 1.600V9.500z #2a78c8',
  bing: 'M5 1l4.5 1.600v15.200l6.3-3.6-3.1-1.5-2-4.900L20 11v5l-10.5 6L5 19.600z #0f8f9c',
  desktop: 'M2 4h20v13H2zM4 6v9h16V6zM8 19h8v2H8z',
  mobile: 'M7 2h10v20H7zM9 4v13h6V4z',
  tablet: 'M4 2h16v20H4zM6 4v14h12V4z',
  tv: 'M1 5h22v13H1zM3 7v9h18V7zM7 20h10v1.500H7z',
  direct: 'M3 11h12l-4-4 1.4-1.400L19 12l-6.6 6.400L11 17l4-4H3z',
  email: 'M2 5h20v14H2zM4 7.400V17h16V7.400l-8 5.600zM5.6 7 12 11.4 18.4 7z',
  page: 'M5 2h9l5 5v15H5zM7 4v16h10V8h-4V4z',
  click: 'M5 3l14 8-6 1.600L10 19z',
  event: 'M13 1 4 14h6l-1 9 9-13h-6z',
  conversion: 'M12 2l3 6.6 7 .8-5.2 4.900L18.2 21 12 17.5 5.8 21l1.4-6.700L2 9.400l7-.8z',
  exit: 'M4 3h9v2H6v14h7v2H4zM15 7l5 5-5 5-1.4-1.4 2.6-2.600H9v-2h7.200l-2.6-2.600z',
  error: 'M12 2 1 21h22zM11 9h2v6h-2zM11 17h2v2h-2z',
};

/** Colours of brands that are too dark or too light for one of the two grounds give way to the text's. */
const GROUNDS = ['ffffff', '121a17'];
const light = (hex) => {
  const [red = 0, green = 0, blue = 0] = [0, 2, 4].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};
const contrast = (a, b) => {
  const [high, low] = [light(a), light(b)].sort((one, other) => other - one);
  return (high + 0.05) / (low + 0.05);
};
const isVisible = (hex) => GROUNDS.every((ground) => contrast(hex, ground) >= 2);

const data = JSON.parse(readFileSync(join(brands, 'data/simple-icons.json'), 'utf8'));
const slugOf = ({ slug, title }) => slug ?? title.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
const hexOf = new Map(data.map((icon) => [slugOf(icon), icon.hex.toLowerCase()]));
const marks = [
  ...BRANDS.split(' ').map((name) => {
    const path = /<path d="([^"]+)"/.exec(readFileSync(join(brands, `icons/${name}.svg`), 'utf8'))?.[1];
    if (!path) throw new Error(`${name}: no path`);
    return { name, path, hex: hexOf.get(name) ?? '' };
  }),
  ...Object.entries(OWN).map(([name, drawn]) => {
    const [path = '', hex = ''] = drawn.split(' #');
    return { name, path, hex };
  }),
];

const paths = marks.map(
  ({ path }, at) => `<path transform="translate(${24 * at})" fill-rule="evenodd" d="${path}"/>`,
);
writeFileSync(
  join(out, 'marks.svg'),
  `<svg aria-hidden="true" xmlns="http://www.w3.org/2000/svg" width="${24 * marks.length}" height="24">${paths.join('')}</svg>\n`,
);
const lines = [];
for (const { name, hex } of marks) {
  const entry = `${name}${hex !== '' && isVisible(hex) ? `#${hex}` : ''} `;
  const last = lines.at(-1);
  if (last !== undefined && last.length + entry.length < 100) lines[lines.length - 1] = last + entry;
  else lines.push(entry);
}
writeFileSync(
  join(out, 'marks.ts'),
  `/** Written by scripts/icon-sheets.mjs: the logos in marks.svg in their order, each with its colour where it has one. */
export const MARKS =
${lines.map((line, at) => `  '${at === lines.length - 1 ? line.trimEnd() : line}'`).join(' +\n')};
`,
);

/** The flag of `KR` is in the column of `K` and the row of `R`, so that no list of them is needed. Twice the size shown. */
const [WIDTH, HEIGHT, LETTERS] = [40, 30, 26];
const svgs = readdirSync(join(flags, '3x2'))
  .filter((file) => /^[A-Z]{2}\.svg$/.test(file))
  .map((file) => [file.slice(0, 2), readFileSync(join(flags, '3x2', file), 'utf8')]);
const browser = await launchChromium();
const page = await browser.newPage();
const webp = await page.evaluate(
  async ({ svgs, width, height, letters }) => {
    const canvas = Object.assign(document.createElement('canvas'), {
      width: width * letters,
      height: height * letters,
    });
    const context = canvas.getContext('2d');
    for (const [code, svg] of svgs) {
      const image = new Image(width, height);
      const sized = svg.replace(
        '<svg ',
        `<svg preserveAspectRatio="none" width="${width}" height="${height}" `,
      );
      image.src = URL.createObjectURL(new Blob([sized], { type: 'image/svg+xml' }));
      await image.decode();
      const [x, y] = [0, 1].map((at) => code.charCodeAt(at) - 65);
      context.drawImage(image, x * width, y * height, width, height);
    }
    return canvas.toDataURL('image/webp', 0.7).split(',')[1];
  },
  { svgs, width: WIDTH, height: HEIGHT, letters: LETTERS },
);
await browser.close();
writeFileSync(join(out, 'flags.webp'), Buffer.from(webp, 'base64'));
