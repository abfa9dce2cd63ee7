/** `GET /api/stats?format=csv`: all rows of one breakdown as a file. */
import { EXPORT_PART_BYTES } from '../budgets.js';
import { download } from '../http/responses.js';
import type { RequestContext } from '../http/router.js';
import type { StatsSite } from '../query/bucketed-rollup.js';
import type { QueryContext } from '../query/query-context.js';
import { readTables } from '../query/stats.js';
import { toCsvTable } from '../query/stats-csv.js';
import type { StatsQuery } from '../query/stats-query.js';
import { toStream } from '../raw-data/export.js';
import { readImportedDays, toImportNote } from './import-note.js';
import type { FileReport } from './site-reads.js';

/** Lines that are made at a time. */
const LINES_AT_ONCE = 500;

/** Where the platform can't stream, a part of the rows, and the offset of the next in `x-next-offset`. */
export async function getStatsFile(
  context: QueryContext,
  site: StatsSite,
  query: StatsQuery,
  { request, connection }: Pick<RequestContext, 'request' | 'connection'>,
): ReturnType<FileReport> {
  const marks = readImportedDays(context.rollups, site.known.id);
  const [{ now, before, tables, notes: ofNumbers }, days] = await Promise.all([
    readTables(context, site, query),
    marks,
  ]);
  const ofImport = toImportNote(days, [toInstants(query.range), ...(before ? [before.previous] : [])]);
  const notes = ofImport ? [...ofNumbers, ofImport] : ofNumbers;
  const [{ name, rows } = { name: '', rows: [] }] = tables;
  const { heading, toLine } = toCsvTable(name, rows);
  const { offset, limit } = query.table;
  const wanted = rows.slice(offset, offset + limit);
  const first = offset === 0 ? heading : '';
  let sent = wanted.length;
  let body: Uint8Array | ReadableStream<Uint8Array>;
  if (connection.streams) {
    const pieces = async function* () {
      yield Buffer.from(first);
      for (let from = 0; from < wanted.length; from += LINES_AT_ONCE)
        yield Buffer.from(
          wanted
            .slice(from, from + LINES_AT_ONCE)
            .map(toLine)
            .join(''),
        );
    };
    body = await toStream(pieces(), request.signal);
  } else {
    const part = takePart(first, wanted.map(toLine));
    sent = part.lines;
    body = part.body;
  }
  const reply = download('text/csv; charset=utf-8', toFileName(site.known.id, name), body);
  const next = offset + sent;
  Object.assign(reply.headers, {
    'x-as-of': new Date(Math.min(now.asOf, query.range.to)).toISOString(),
    'x-row-count': String(rows.length),
    ...(next < rows.length ? { 'x-next-offset': String(next) } : {}),
    ...(notes.length > 0 ? { 'x-note-codes': [...new Set(notes.map(({ code }) => code))].join(', ') } : {}),
  });
  return { reply, tailBatches: now.tailBatches };
}

const toInstants = ({ from, to }: StatsQuery['range']) => ({
  from: new Date(from).toISOString(),
  to: new Date(to).toISOString(),
});

/** As many lines as one reply takes; at least one. */
function takePart(heading: string, lines: string[]): { body: Buffer; lines: number } {
  const parts = [Buffer.from(heading)];
  let bytes = 0;
  for (const line of lines) {
    if (bytes >= EXPORT_PART_BYTES) break;
    const part = Buffer.from(line);
    parts.push(part);
    bytes += part.length;
  }
  return { body: Buffer.concat(parts), lines: parts.length - 1 };
}

const toFileName = (site: string, name: string): string =>
  `${site}-${name}`
    .replace(/[^\w.-]+/g, '-')
    .slice(0, 100)
    .concat('.csv');
