// The site that questions are about: a million events over 30 days, written once, rolled up, and kept where a folder is named.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCollector } from '@liveinsight/collector';
import { createTables, dynamoStore } from '@liveinsight/collector/dynamodb';
import { startDynalite } from '@liveinsight/collector/local';
import { batchesWithProperties } from '../columns/history.js';
import { measure } from './measure.js';
import { writeAll } from './write.js';

export const DAYS = 30;
export const SITE = 'shop';
const KEY = 'a read key for the benchmark';

/** @typedef {{ sessions: number, now: number, written: { events: number, batches: number } }} Prepared */

/**
 * Batches as they are in the log.
 * @param {Pick<Prepared, 'sessions' | 'now'>} prepared
 */
export const batchesOfSite = ({ sessions, now }) =>
  batchesWithProperties({ site: SITE, sessions, days: DAYS, now });

/** The same as they are handed to a store. @param {Pick<Prepared, 'sessions' | 'now'>} prepared */
function* newBatches(prepared) {
  for (const batch of batchesOfSite(prepared)) yield { ...batch, retention_days: 60, shardAt: () => 0 };
}

/** @param {{ sessions: number, folder?: string | undefined }} options folder in which the site stays for later runs */
export async function openSite({ sessions, folder }) {
  const path = folder ?? mkdtempSync(join(tmpdir(), 'liveinsight-read-'));
  mkdirSync(path, { recursive: true });
  const file = join(path, 'prepared.json');
  const dynalite = await startDynalite({ path: join(path, 'database') });
  const store = dynamoStore({ endpoint: dynalite.endpoint });
  /** @type {Prepared | undefined} */
  let prepared = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
  let rollUp;
  if (!prepared) {
    await createTables({ endpoint: dynalite.endpoint });
    const now = Date.now();
    prepared = { sessions, now, written: await writeAll(store, newBatches({ sessions, now })) };
    const collector = createSite(store);
    rollUp = await measure(store, () => collector.rollUp());
    await collector.close();
    writeFileSync(file, JSON.stringify(prepared));
  }
  return {
    ...prepared,
    store,
    rollUp,
    path,
    async close() {
      await dynalite.close();
      if (folder === undefined) rmSync(path, { recursive: true });
    },
  };
}

/** @param {import('@liveinsight/collector').Store} store */
export const createSite = (store) =>
  createCollector({
    store,
    secret: 'a secret for the benchmark',
    sites: [{ id: SITE, retentionDays: 60 }],
    readKeys: [KEY],
    // What a reader finds to be due is put a moment later, by the timer's process; rounds are asked for here.
    rollUpEverySeconds: 3_600,
  });

/** @param {ReturnType<typeof createSite>} collector @param {string} url */
export async function ask(collector, url) {
  const request = new Request(`http://collector${url}`, { headers: { authorization: `Bearer ${KEY}` } });
  const response = await collector.fetch(request);
  const body = await response.text();
  if (!response.ok) throw new Error(`${url}: ${response.status} ${body}`);
  return body;
}
