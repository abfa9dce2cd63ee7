/** The scripts that are measured in the page: none, the minimum of a durable tracker, ours, and those of others. */
import { readFileSync } from 'node:fs';
import { bundlePeer, installPeers, peerVersions } from '../peers/bundle.js';
import { peers } from '../peers/peers.js';

/**
 * @typedef {object} Subject
 * @property {string} name
 * @property {Map<string, string>} files scripts by path
 * @property {string} head of the page
 * @property {string} [track] an event, as source; absent where none is measured
 */

const built = (/** @type {string} */ file) =>
  readFileSync(new URL(`../../packages/tracker/dist/${file}`, import.meta.url), 'utf8');

/**
 * @param {string} name
 * @param {string} path
 * @param {string} code
 * @param {string} [track]
 * @returns {Subject}
 */
const script = (name, path, code, track) => ({
  name,
  files: new Map([[path, code]]),
  // As the README has it.
  head: `<script async src="${path}" data-site="bench"></script>`,
  ...(track === undefined ? {} : { track }),
});

const OURS = `liveinsight('track', 'bench', { n, plan: 'pro' })`;

/** @returns {Subject[]} */
export const baselines = () => [
  script('an empty script', '/empty.js', '', '0'),
  script('one that asks what is stored', '/storage.js', 'Object.keys(localStorage)'),
];

/** @returns {Subject[]} */
export const own = () => [
  script('LiveInsight', '/liveinsight.js', built('liveinsight.js'), OURS),
  script('LiveInsight extended', '/liveinsight.extended.js', built('liveinsight.extended.js'), OURS),
];

/**
 * With their defaults, sending to `origin`.
 * @param {string} origin
 * @returns {Promise<Subject[]>}
 */
export async function others(origin) {
  installPeers();
  const versions = peerVersions();
  const subjects = [];
  for (const { name, package: from, pointed } of peers) {
    const chunks = await bundlePeer(pointed(origin));
    const folder = `/${from.replace(/\W/g, '-')}/`;
    subjects.push({
      name: `${name} ${versions[from]}`,
      files: new Map([...chunks].map(([file, { code }]) => [folder + file, code])),
      head: `<script type="module" src="${folder}entry.js"></script>`,
    });
  }
  return subjects;
}
