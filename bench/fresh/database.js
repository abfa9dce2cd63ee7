// What the statistics of this benchmark are read from: DynamoDB's API in a process of its own, or a file of SQLite.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createTables, dynamoStore } from '@liveinsight/collector/dynamodb';
import { lean } from '@liveinsight/collector/lean';
import { sqliteStore } from '@liveinsight/collector/sqlite';
import { startDynoxide } from '../../scripts/dynoxide.mjs';

/**
 * @typedef {object} Database
 * @property {string} name
 * @property {() => import('@liveinsight/collector').Store} open a store of it, as each process has
 * @property {() => Promise<void>} close
 */

/** @param {string} name @returns {Promise<Database>} */
export function startDatabase(name) {
  const start = { dynoxide, dynalite, sqlite }[name];
  if (!start) throw new Error(`--database must be dynoxide, dynalite or sqlite, got ${name}`);
  return start();
}

/** @returns {Promise<Database>} */
async function dynoxide() {
  const { endpoint, close } = await startDynoxide();
  return { name: 'dynoxide', open: await dynamo(endpoint), close };
}

/** @returns {Promise<Database>} */
async function dynalite() {
  const path = mkdtempSync(join(tmpdir(), 'liveinsight-fresh-'));
  const program = fileURLToPath(new URL('../siege/database.js', import.meta.url));
  const child = fork(program, { env: { ...process.env, DATABASE_PATH: path, PORT: '0' } });
  const [{ endpoint }] = await once(child, 'message');
  return {
    name: 'dynalite',
    open: await dynamo(endpoint),
    async close() {
      child.kill();
      await once(child, 'exit');
      rmSync(path, { recursive: true });
    },
  };
}

/** @returns {Promise<Database>} */
async function sqlite() {
  const path = mkdtempSync(join(tmpdir(), 'liveinsight-fresh-'));
  return {
    name: 'SQLite',
    // One process has it open, whose collectors share it.
    open: () => sqliteStore({ path }),
    close: async () => rmSync(path, { recursive: true }),
  };
}

/** @param {string} endpoint */
async function dynamo(endpoint) {
  const driver = () => lean({ endpoint });
  await createTables({ driver: driver() });
  return () => dynamoStore({ driver: driver() });
}
