/** The thread of `check-file.ts`. */
import { parentPort, workerData } from 'node:worker_threads';
import { openConnection } from './driver.js';

const MAX_PROBLEMS = 10;

const connection = openConnection(workerData.file, { readOnly: true });
const rows = connection.prepare(`PRAGMA quick_check(${MAX_PROBLEMS})`).all();
connection.close();
const problems = rows.map(({ quick_check }) => String(quick_check)).filter((problem) => problem !== 'ok');
parentPort?.postMessage(problems);
