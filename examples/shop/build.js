/** Puts the shop together: each page into the layout, each product into its page and picture. Plain files come out. */
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { drawProduct } from './illustrations.js';
import { formatPrice, PRODUCTS } from './public/shop/catalog.js';

const here = dirname(fileURLToPath(import.meta.url));
const read = (/** @type {string} */ file) => readFileSync(join(here, file), 'utf8');

/** @param {string} folder is emptied first */
export function buildShop(folder) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  cpSync(join(here, 'public'), folder, { recursive: true });
  const layout = read('layout.html');
  const write = (/** @type {string} */ file, /** @type {string} */ page) => {
    const [head = '', ...main] = page.split('\n---\n');
    const filled = fill(layout, {
      title: head.replace('title: ', '').trim(),
      main: main.join('\n---\n'),
    });
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), filled);
  };

  for (const file of readdirSync(join(here, 'pages'))) {
    if (file !== 'product.html') write(file, fill(read(`pages/${file}`), shelves()));
  }
  const productPage = read('pages/product.html');
  for (const product of PRODUCTS) {
    write(`products/${product.slug}.html`, fill(productPage, { ...describe(product), ...related(product) }));
    mkdirSync(join(folder, 'art'), { recursive: true });
    writeFileSync(join(folder, 'art', `${product.slug}.svg`), drawProduct(product.slug));
  }
}

/**
 * @param {string} template
 * @param {Record<string, string>} values
 */
function fill(template, values) {
  return template.replace(/\{\{(\w+)\}\}/g, (whole, name) => values[name] ?? whole);
}

/** @typedef {import('./public/shop/catalog.js').Product} Product */

/** @param {Product} product */
function describe(product) {
  return {
    slug: product.slug,
    name: product.name,
    kind: product.kind,
    line: product.line,
    story: product.story,
    price: formatPrice(product.price),
    facts: Object.entries(product.facts)
      .map(([name, fact]) => `<div><dt>${name}</dt><dd>${fact}</dd></div>`)
      .join('\n'),
  };
}

/** @param {Product} product */
function related(product) {
  const others = PRODUCTS.filter((other) => other !== product && other.kind !== product.kind);
  return { related: others.slice(0, 4).map(card).join('\n') };
}

function shelves() {
  const of = (/** @type {string} */ kind) => PRODUCTS.filter((product) => product.kind === kind);
  return {
    favourites: ['morning-cup', 'first-flush-sencha', 'iron-bowl', 'jeju-black']
      .flatMap((slug) => PRODUCTS.filter((product) => product.slug === slug))
      .map(card)
      .join('\n'),
    stoneware: of('Stoneware').map(card).join('\n'),
    tea: of('Tea').map(card).join('\n'),
    tools: of('Tools').map(card).join('\n'),
  };
}

const card = (/** @type {Product} */ { slug, name, price, line }) => `<li class="card">
  <a href="/products/${slug}">
    <img src="/art/${slug}.svg" alt="" width="400" height="400" loading="lazy">
    <span class="card-name">${name}</span>
    <span class="card-price">${formatPrice(price)}</span>
  </a>
  <p>${line}</p>
</li>`;

if (process.argv[1] === fileURLToPath(import.meta.url)) buildShop(process.argv[2] ?? 'dist');
