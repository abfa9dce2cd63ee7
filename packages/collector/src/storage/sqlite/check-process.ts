/** The program of `check-file.ts`: prints what is wrong with a file, as JSON. */
import { openConnection } from './driver.js';

const MAX_PROBLEMS = 10;

const [file = ''] = process.argv.slice(2);
const connection = openConnection(file, { readOnly: true });
const rows = connection.prepare(`PRAGMA quick_check(${MAX_PROBLEMS})`).all();
connection.close();
const problems = rows.map(({ quick_check }) => String(quick_check)).filter((problem) => problem !== 'ok');
process.stdout.write(JSON.stringify(problems));
