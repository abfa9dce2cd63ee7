/** Weighs trackers, gzip -9, beside ours, and notes it for docs/comparison.md: `npm run weigh -w bench`. */
import { gzipSync } from 'node:zlib';
import { ownSizes } from '../comparison/own-sizes.js';
import { note, sizeTable } from '../comparison/page.js';
import { bundlePeer, installPeers, peerVersions } from '../peers/bundle.js';
import { peers } from '../peers/peers.js';

installPeers();
const versions = peerVersions();
/** @type {Record<string, number>} */
const bytes = {};
for (const peer of peers) bytes[`${peer.name} ${versions[peer.package]}`] = await weigh(peer.smallest);
const size = { date: new Date().toISOString().slice(0, 10), bytes };
note({ size });
console.log(sizeTable(size, ownSizes()));

/**
 * What is loaded at once: the entry and what it imports, without what it may load later.
 * @param {string} source
 */
async function weigh(source) {
  const chunks = await bundlePeer(source);
  const atOnce = new Set(['entry.js']);
  for (const name of atOnce) for (const imported of chunks.get(name)?.imports ?? []) atOnce.add(imported);
  const code = [...atOnce].map((name) => chunks.get(name)?.code ?? '').join('\n');
  return gzipSync(code, { level: 9 }).length;
}
