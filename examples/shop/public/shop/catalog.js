/** What the shop sells. Prices in euros. */

/**
 * @typedef {object} Product
 * @property {string} slug
 * @property {string} name
 * @property {number} price
 * @property {'Stoneware' | 'Tea' | 'Tools'} kind
 * @property {string} line one line for the card
 * @property {string} story
 * @property {Record<string, string>} facts
 */

export const CURRENCY = 'EUR';
/** Orders from this sum ship free. */
export const FREE_SHIPPING_FROM = 60;
export const SHIPPING = 4.9;

/** @type {Product[]} */
export const PRODUCTS = [
  {
    slug: 'morning-cup',
    name: 'Morning cup',
    price: 28,
    kind: 'Stoneware',
    line: 'The one you reach for before you are awake.',
    story:
      'Thrown a little thicker at the foot so that it sits well and keeps the first cup warm to the last sip. The glaze breaks to a thin amber line at the lip, where it is smoothest.',
    facts: { Holds: '280 ml', Glaze: 'Celadon over raw clay', Care: 'Dishwasher safe' },
  },
  {
    slug: 'ash-teapot',
    name: 'Ash-glaze teapot',
    price: 84,
    kind: 'Stoneware',
    line: 'Pours without a drip, which is harder than it sounds.',
    story:
      'The spout is cut last, on the half-dry pot, and tried with water before it goes into the kiln. Beech ash from our own stove gives the glaze its grey-green and its runs, no two alike.',
    facts: { Holds: '600 ml', Glaze: 'Beech ash', Strainer: 'Built in, 180 holes' },
  },
  {
    slug: 'iron-bowl',
    name: 'Iron tea bowl',
    price: 46,
    kind: 'Stoneware',
    line: 'A wide, dark bowl in which matcha looks its greenest.',
    story:
      'Iron-rich clay under a saturated temmoku: black in the bowl, rust-red where it thins at the rim. Wide enough for the whisk, low enough to hold in two hands.',
    facts: { Holds: '350 ml', Glaze: 'Temmoku', Width: '12.5 cm' },
  },
  {
    slug: 'pouring-jug',
    name: 'Pouring jug',
    price: 38,
    kind: 'Stoneware',
    line: 'For milk, for cooling water, for three tulips.',
    story:
      'A jug with a waist, so that it never slips. Most of our customers buy it for milk and end up using it for everything else.',
    facts: { Holds: '450 ml', Glaze: 'Chalk white', Care: 'Dishwasher safe' },
  },
  {
    slug: 'iron-kettle',
    name: 'Cast kettle',
    price: 129,
    kind: 'Tools',
    line: 'Cast iron, wooden bail, a low and patient boil.',
    story:
      'Cast in one piece and enamelled inside, so it needs no seasoning. Heavy, slow, and still warm when you come back for the second infusion.',
    facts: { Holds: '1.1 l', Weight: '2.3 kg', Stoves: 'Gas, electric, induction' },
  },
  {
    slug: 'first-flush-sencha',
    name: 'First-flush sencha',
    price: 16,
    kind: 'Tea',
    line: 'Picked in the last week of April, gone by autumn.',
    story:
      'From a single hillside in Shizuoka, steamed for forty seconds. Sweet grass, sea air, and the faintest bitterness to keep it honest. Brew at 70 °C and no hotter.',
    facts: { Weight: '80 g', Origin: 'Shizuoka, Japan', Brew: '70 °C, 1 minute' },
  },
  {
    slug: 'jeju-black',
    name: 'Jeju black',
    price: 18,
    kind: 'Tea',
    line: 'Volcanic soil, slow oxidation, a taste of baked pear.',
    story:
      'A small garden at the foot of Hallasan lets its leaves wither overnight in the sea wind. The cup is copper-coloured, round, and needs neither milk nor sugar.',
    facts: { Weight: '60 g', Origin: 'Jeju, Korea', Brew: '95 °C, 3 minutes' },
  },
  {
    slug: 'east-frisian',
    name: 'East Frisian blend',
    price: 9.5,
    kind: 'Tea',
    line: 'Strong enough to hold a rock of sugar and a cloud of cream.',
    story:
      'Assam for body, a little Ceylon for brightness, blended the way they drink it on the North Sea coast. Three cups is the law there. We would not argue.',
    facts: { Weight: '100 g', Origin: 'Assam and Ceylon', Brew: '100 °C, 4 minutes' },
  },
  {
    slug: 'ash-tray-and-scoop',
    name: 'Serving board and scoop',
    price: 34,
    kind: 'Tools',
    line: 'Oiled ash wood, cut from one plank, so the grain runs on.',
    story:
      'The scoop holds three grams: one cup. The board holds a pot and two cups, or breakfast. Both are cut from the same piece, which you can see if you put them side by side.',
    facts: { Board: '32 × 20 cm', Scoop: '3 g', Wood: 'Ash, linseed oil' },
  },
];

/** @param {string} slug */
export const productBySlug = (slug) => PRODUCTS.find((product) => product.slug === slug);

const euros = new Intl.NumberFormat('en-IE', { style: 'currency', currency: CURRENCY });
/** @param {number} amount */
export const formatPrice = (amount) => euros.format(amount);
