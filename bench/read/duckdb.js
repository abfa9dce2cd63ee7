/** DuckDB over a Parquet file of a site's events, with one thread. It is installed on first use, apart from the repository's own packages. */
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, existsSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../duckdb/', import.meta.url));

/** @typedef {(sql: string) => Promise<unknown[][]>} Ask */

/**
 * @param {string} path folder that has the file, or gets it
 * @param {() => Iterable<any>} batches of the site, as they are in the log
 * @returns {Promise<Ask>} the rows of a question about `events`
 */
export async function openDuckDb(path, batches) {
  if (!existsSync(join(folder, 'node_modules/.package-lock.json')))
    execFileSync('npm', ['ci'], { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
  const { DuckDBInstance } = createRequire(join(folder, 'package.json'))('@duckdb/node-api');
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const connection = await instance.connect();
  const parquet = join(path, 'events.parquet');
  if (!existsSync(parquet)) {
    const lines = join(path, 'events.ndjson');
    await writeLines(lines, batches());
    await connection.run(
      `COPY (SELECT * FROM read_json('${lines}', format = 'newline_delimited', sample_size = -1)) TO '${parquet}' (FORMAT parquet)`,
    );
    rmSync(lines);
  }
  await connection.run(`CREATE VIEW events AS SELECT * FROM read_parquet('${parquet}')`);
  return async (sql) => (await connection.runAndReadAll(sql)).getRowsJson();
}

/** @param {string} file @param {Iterable<any>} batches */
async function writeLines(file, batches) {
  const stream = createWriteStream(file);
  for (const { events, ...batch } of batches)
    for (const event of events)
      if (!stream.write(`${JSON.stringify(toRow(batch, event))}\n`)) await once(stream, 'drain');
  stream.end();
  await once(stream, 'finish');
}

/** @param {any} batch @param {any} event */
const toRow = (batch, { props = {}, ...event }) => ({
  session_id: batch.session_id,
  visitor_id: batch.visitor_id,
  received_at: batch.received_at,
  timestamp: event.timestamp,
  event_type: event.event_type,
  name: event.name ?? null,
  page: event.page_url === undefined ? null : new URL(event.page_url).pathname,
  conversion_type: event.conversion_type ?? null,
  value: event.value ?? null,
  engaged_ms: event.engaged_ms ?? null,
  source: batch.source ?? '(direct)',
  country: batch.country,
  device: batch.device,
  entry_page: batch.entry_page,
  plan: props.plan ?? null,
  number: typeof props.value === 'number' ? props.value : null,
});
