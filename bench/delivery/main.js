/**
 * Counts what arrives of a visitor's events, tracker by tracker, and notes it for docs/comparison.md: `npm run delivery -w bench`,
 * or `npm run delivery -w bench -- Snowplow` to measure one of them again.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { launchChromium } from '../../scripts/launch-chromium.mjs';
import { deliveryTable, measured, note } from '../comparison/page.js';
import { bundlePeer, installPeers, peerVersions } from '../peers/bundle.js';
import { peers } from '../peers/peers.js';
import { startPages } from './pages.js';
import { startReceiver } from './receiver.js';
import { scenarios } from './scenarios.js';

/** Until a tracker has started and its page view is answered. */
const SETTLE_MS = 1500;
/** For what is still to come once a scenario is over. */
const LATEST_MS = 10_000;

const only = process.argv[2] ?? '';

/**
 * @typedef {object} Contender
 * @property {string} name
 * @property {(body: Buffer) => unknown} decode
 * @property {(origin: string) => Promise<{ head: string, files: Map<string, string> }>} build
 */

/** @type {Contender} */
const ours = {
  name: 'LiveInsight',
  decode: (body) => JSON.parse(body.toString('utf8')),
  async build(origin) {
    const file = fileURLToPath(import.meta.resolve('@liveinsight/tracker/liveinsight.js'));
    return {
      head: `<script src="/liveinsight.js" data-site="bench" data-endpoint="${origin}/api/events"></script>
        <script>track = (props) => liveinsight('track', 'e', props)</script>`,
      files: new Map([['liveinsight.js', readFileSync(file, 'utf8')]]),
    };
  },
};

installPeers();
const versions = peerVersions();
/** @type {Contender[]} */
const contenders = [
  ours,
  ...peers.map(({ name, package: module, decode, pointed }) => ({
    name: `${name} ${versions[module]}`,
    decode,
    async build(/** @type {string} */ origin) {
      const chunks = await bundlePeer(pointed(origin));
      return {
        head: '<script type="module" src="/entry.js"></script>',
        files: new Map([...chunks].map(([file, { code }]) => [file, code])),
      };
    },
  })),
];

const browser = await launchChromium();
/** @type {Record<string, Record<string, import('../comparison/page.js').Received>>} */
const received = only ? measured().delivery.received : {};
try {
  for (const contender of contenders.filter(({ name }) => name.startsWith(only))) {
    /** @type {(typeof received)[string]} */
    const cells = {};
    received[contender.name] = cells;
    for (const letter of Object.keys(scenarios)) {
      cells[letter] = await count(contender, letter);
      console.error(contender.name, letter, cells[letter]);
    }
  }
  const delivery = {
    date: new Date().toISOString().slice(0, 10),
    chromium: browser.version().split('.')[0] ?? '',
    received,
  };
  note({ delivery });
  console.log(deliveryTable(delivery));
} finally {
  await browser.close();
}

/**
 * @param {Contender} contender
 * @param {string} letter
 */
async function count({ decode, build }, letter) {
  const { sent, run } = /** @type {(typeof scenarios)[string]} */ (scenarios[letter]);
  const receiver = await startReceiver(decode);
  const { head, files } = await build(receiver.origin);
  const pages = await startPages(head, files);
  // Trackers ignore what says that it is driven by a program.
  const context = await browser.newContext({
    userAgent: `Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${browser.version()} Safari/537.36`,
  });
  await context.addInitScript(() => Object.defineProperty(navigator, 'webdriver', { value: false }));
  const visit = async () => {
    const page = await context.newPage();
    await page.goto(pages.origin);
    await page.waitForFunction('window.track');
    return page;
  };
  try {
    const page = await visit();
    await pause(SETTLE_MS);
    await run({ page, fail: receiver.fail, comeBack: async () => void (await visit()) });
    const until = Date.now() + LATEST_MS;
    while (receiver.counts.size < sent && Date.now() < until) await pause(100);
    // What comes again comes after its answer.
    await pause(SETTLE_MS);
    const arrived = [...receiver.counts.values()].reduce((sum, times) => sum + times, 0);
    return { unique: receiver.counts.size, again: arrived - receiver.counts.size };
  } finally {
    await context.close();
    pages.close();
    receiver.close();
  }
}

/** @param {number} ms */
function pause(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
