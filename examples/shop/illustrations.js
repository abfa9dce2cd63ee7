/** Draws the products: a few strokes each, on a 400 × 400 canvas, so that the shop needs no photographs. */

/**
 * @typedef {object} Look
 * @property {string} shape path of the body
 * @property {string} clay
 * @property {string} glaze
 * @property {string} ground background tint
 * @property {number} glazeTo height at which the glaze ends
 * @property {string} [behind] drawn before the body
 * @property {string} [before] drawn after it
 */

const CUP =
  'M128 150H272C271 232 262 286 244 306Q240 311 232 311H168Q160 311 156 306C138 286 129 232 128 150Z';
const POT =
  'M104 232C104 176 146 152 200 152S296 176 296 232C296 284 262 310 232 311H168C138 310 104 284 104 232Z';
const BOWL = 'M92 190H308C306 252 274 290 236 298L232 311H168L164 298C126 290 94 252 92 190Z';
const JUG =
  'M150 122Q210 132 274 108C262 140 250 164 256 196C266 222 280 246 274 276Q268 311 232 311H168Q132 311 126 276C120 246 146 222 150 190Z';
const TIN = 'M136 142Q136 132 146 132H254Q264 132 264 142V302Q264 311 254 311H146Q136 311 136 302Z';
const KETTLE =
  'M98 236C98 190 138 172 200 172S302 190 302 236C302 286 268 311 236 311H164C132 311 98 286 98 236Z';
const BOARD = 'M62 262Q62 252 74 251H326Q338 252 338 262V276Q338 287 326 288H74Q62 287 62 276Z';

const rim = (/** @type {number} */ cy, /** @type {number} */ rx, /** @type {string} */ inside) =>
  `<ellipse cx="200" cy="${cy}" rx="${rx}" ry="${Math.round(rx * 0.19)}" fill="${inside}"/>
  <ellipse cx="200" cy="${cy}" rx="${rx - 1.5}" ry="${Math.round(rx * 0.19) - 1}" fill="none" stroke="#c98f4e" stroke-opacity=".7" stroke-width="3"/>`;

const label = (/** @type {string} */ colour, /** @type {string} */ leaf) =>
  `<rect x="136" y="186" width="128" height="84" fill="#f7f1e3"/>
  <path d="M136 196H264M136 260H264" stroke="${colour}" stroke-width="2"/>
  <path d="M200 208C222 214 226 238 200 250C174 238 178 214 200 208Z" fill="${leaf}"/>
  <path d="M200 212V256" stroke="#f7f1e3" stroke-width="2.5"/>
  <path d="M136 164H264" stroke="#000" stroke-opacity=".25" stroke-width="2"/>`;

/** @type {Record<string, Look>} */
const LOOKS = {
  'morning-cup': {
    shape: CUP,
    clay: '#b98d68',
    glaze: '#8fb3a2',
    ground: '#e4e9df',
    glazeTo: 244,
    behind:
      '<path d="M262 182C326 172 330 262 248 266" fill="none" stroke="#7fa391" stroke-width="19" stroke-linecap="round"/>',
    before: rim(150, 72, '#5d7f70'),
  },
  'ash-teapot': {
    shape: POT,
    clay: '#9a7a5f',
    glaze: '#a6ab93',
    ground: '#ece5d6',
    glazeTo: 262,
    behind: `<path d="M116 196C40 176 42 292 124 276" fill="none" stroke="#8d927b" stroke-width="18"/>
      <path d="M280 214C318 216 322 176 340 160L362 166C352 206 346 268 276 280Z" fill="#979c85"/>`,
    before: `<path d="M152 158C158 134 242 134 248 158Q200 168 152 158Z" fill="#b5baa2"/>
      <path d="M152 158Q200 168 248 158" fill="none" stroke="#6e725f" stroke-width="3"/>
      <circle cx="200" cy="130" r="13" fill="#9a7a5f"/>`,
  },
  'iron-bowl': {
    shape: BOWL,
    clay: '#6b3e2c',
    glaze: '#2d2826',
    ground: '#eadfd6',
    glazeTo: 284,
    before: `${rim(190, 108, '#1c1917')}
      <ellipse cx="200" cy="196" rx="82" ry="12" fill="#8aa04f"/>
      <ellipse cx="188" cy="194" rx="52" ry="6" fill="#a3b868"/>`,
  },
  'pouring-jug': {
    shape: JUG,
    clay: '#b38b69',
    glaze: '#f3efe6',
    ground: '#dde4e6',
    glazeTo: 276,
    behind:
      '<path d="M156 156C84 140 82 254 134 262" fill="none" stroke="#e3ddd0" stroke-width="17" stroke-linecap="round"/>',
    before: '<path d="M150 122Q210 132 274 108Q236 100 200 104Q160 108 150 122Z" fill="#c9c2b3"/>',
  },
  'iron-kettle': {
    shape: KETTLE,
    clay: '#3a3a3b',
    glaze: '#47484a',
    ground: '#e9e3d8',
    glazeTo: 330,
    behind: `<path d="M128 196C120 70 280 70 272 196" fill="none" stroke="#3a3a3b" stroke-width="8"/>
      <path d="M158 112C178 92 222 92 242 112" fill="none" stroke="#a9713f" stroke-width="17" stroke-linecap="round"/>
      <path d="M284 228C318 226 326 202 342 190L358 200C350 232 336 262 288 270Z" fill="#404143"/>`,
    before: `<path d="M146 176C152 156 248 156 254 176Q200 188 146 176Z" fill="#525356"/>
      <circle cx="200" cy="152" r="11" fill="#2c2c2d"/>
      <g fill="#303133">${[0, 1, 2]
        .map((row) =>
          [...Array(13)]
            .map((_, i) => `<circle cx="${116 + i * 14 + (row % 2) * 7}" cy="${226 + row * 15}" r="2.6"/>`)
            .join(''),
        )
        .join('')}</g>`,
  },
  'first-flush-sencha': {
    shape: TIN,
    clay: '#5f7f56',
    glaze: '#6f9163',
    ground: '#e6ecd9',
    glazeTo: 330,
    before: label('#6f9163', '#5f7f56'),
  },
  'jeju-black': {
    shape: TIN,
    clay: '#7b3b2b',
    glaze: '#914935',
    ground: '#f0dfd3',
    glazeTo: 330,
    before: label('#914935', '#7b3b2b'),
  },
  'east-frisian': {
    shape: TIN,
    clay: '#2c4a63',
    glaze: '#385a77',
    ground: '#dee6ec',
    glazeTo: 330,
    before: label('#385a77', '#2c4a63'),
  },
  'ash-tray-and-scoop': {
    shape: BOARD,
    clay: '#d0a876',
    glaze: '#dcb98b',
    ground: '#ebe4d6',
    glazeTo: 330,
    behind: `<g transform="translate(0 6)"><path d="M118 214C118 196 140 188 160 196C176 202 182 214 204 214L296 204Q304 210 296 218L204 230C186 246 118 250 118 214Z" fill="#c1965f"/>
      <path d="M128 212C132 202 148 198 160 204C168 208 172 214 170 218C160 226 134 226 128 212Z" fill="#56683c"/>
      <path d="M136 211l12-6m2 12l10-8m-20 10l8-4" stroke="#39472a" stroke-width="4" stroke-linecap="round"/></g>`,
    before:
      '<path d="M80 260C140 256 200 266 324 259M84 272C160 266 230 280 322 270M96 281H250" fill="none" stroke="#a97f4b" stroke-opacity=".55" stroke-width="2"/>',
  },
};

/**
 * @param {string} slug
 * @returns {string} the product's picture as an SVG document
 */
export function drawProduct(slug) {
  const look = LOOKS[slug];
  if (!look) throw new Error(`no drawing for ${slug}`);
  const { shape, clay, glaze, ground, glazeTo, behind = '', before = '' } = look;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 400">
  <defs>
    <clipPath id="body"><path d="${shape}"/></clipPath>
    <linearGradient id="light"><stop offset="0" stop-color="#fff" stop-opacity=".28"/><stop offset=".35" stop-color="#fff" stop-opacity="0"/><stop offset="1" stop-color="#1d1208" stop-opacity=".34"/></linearGradient>
    <radialGradient id="floor"><stop offset="0" stop-color="#2a1d10" stop-opacity=".38"/><stop offset="1" stop-color="#2a1d10" stop-opacity="0"/></radialGradient>
  </defs>
  <rect width="400" height="400" fill="${ground}"/>
  <path d="M0 292H400V400H0Z" fill="#5a4326" fill-opacity=".07"/>
  <ellipse cx="214" cy="${shape === BOARD ? 292 : 312}" rx="${shape === BOARD ? 160 : 124}" ry="17" fill="url(#floor)"/>
  ${behind}
  <path d="${shape}" fill="${clay}"/>
  <g clip-path="url(#body)">
    <path d="M60 90H340V${glazeTo}C322 ${glazeTo + 14} 308 ${glazeTo - 8} 286 ${glazeTo + 4}S250 ${glazeTo + 20} 230 ${glazeTo + 2}S190 ${glazeTo - 12} 170 ${glazeTo + 8}S120 ${glazeTo + 16} 100 ${glazeTo}S70 ${glazeTo + 6} 60 ${glazeTo}Z" fill="${glaze}"/>
    ${speckles(slug)}
    <rect width="400" height="400" fill="url(#light)"/>
  </g>
  ${before}
</svg>
`;
}

/** The same specks on every build: a small generator seeded by the name. */
function speckles(/** @type {string} */ slug) {
  let seed = [...slug].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) >>> 0, 7);
  const next = () => {
    seed = (seed * 1_664_525 + 1_013_904_223) >>> 0;
    return seed / 2 ** 32;
  };
  const dots = [...Array(46)].map(
    () =>
      `<circle cx="${Math.round(80 + next() * 240)}" cy="${Math.round(110 + next() * 200)}" r="${(0.6 + next() * 1.5).toFixed(1)}"/>`,
  );
  return `<g fill="#2b1c10" fill-opacity=".32">${dots.join('')}</g>`;
}
