/** What reports on events by column have in common: range and filters, the scan, and what a response says of itself. */
import type { Chunk, Group } from '../columns/chunk.js';
import type { ChunkSet } from '../columns/chunk-source.js';
import type { Restriction, Selection, Span } from '../engine/selection.js';
import type { Note } from '../notes.js';
import { FILTER_PARAMETERS } from '../query/filters.js';
import { overBudgetNotes } from '../query/over-budget.js';
import { knownSince } from '../query/points.js';
import type { QueryContext } from '../query/query-context.js';
import { readChunks } from '../query/read-chunks.js';
import { readFilters } from '../query/read-filters.js';
import { selectChunks } from '../query/select-chunks.js';
import { parseSpan, parseTimezone } from '../query/time-range.js';
import type { ResolvedSite } from '../sites/site-registry.js';
import { createTimeSlice } from '../time-slice.js';
import { toShareNotes } from './report-notes.js';

export const REPORT_PARAMETERS: readonly string[] = ['site', 'from', 'to', 'timezone', ...FILTER_PARAMETERS];

/**
 * Reads the range and the filters.
 *
 * @param options.measures whether `goal` is what the report is about, not a filter
 */
export async function readRestriction(
  { definitions, rollups }: QueryContext,
  site: ResolvedSite,
  query: URLSearchParams,
  options: { measures?: boolean } = {},
): Promise<Restriction> {
  const calendar = parseTimezone(query, site.timezone);
  const { from, to } = parseSpan(query, calendar, rollups.now());
  return { from, to, calendar, ...(await readFilters(definitions(site.id), query, options)) };
}

/** What chunks are added to. */
export interface ReportScan {
  /** Present where it is over its budget with visitors: it is begun again with half as many. */
  readonly isFull?: boolean;
  add(chunk: Chunk, selection: Selection): void;
  /** A second pass, over all chunks once more. */
  addAgain?(chunk: Chunk): void;
}

export interface ScannedReport<Plan, Scan> {
  scan: Scan;
  set: ChunkSet;
  /** As asked, from when on everything is known. */
  known: Plan;
  /** One of so many visitors was looked at. */
  share: number;
  notes: Note[];
}

/** @param create a scan that looks at one of `share` visitors */
export async function scanReport<Plan extends Restriction, Scan extends ReportScan>(
  context: QueryContext,
  site: ResolvedSite,
  plan: Plan,
  getGroups: (plan: Plan, span: Span) => Iterable<Group>,
  create: (known: Plan, share: number) => Scan,
): Promise<ScannedReport<Plan, Scan>> {
  const { set, known } = await readChunks(context, site, plan, getGroups);
  for (let share = 1; ; share *= 2) {
    const scan = create(known, share);
    const over: ReadonlyMap<string, number>[] = [];
    for await (const { chunk, selection } of selectChunks(set, known)) {
      scan.add(chunk, selection);
      over.push(chunk.over);
      if (scan.isFull) break;
    }
    if (!scan.isFull) await addAgain(scan, set);
    if (scan.isFull) continue;
    return {
      scan,
      set,
      known,
      share,
      notes: [...set.notes, ...overBudgetNotes(over), ...toShareNotes(share)],
    };
  }
}

async function addAgain(scan: ReportScan, set: ChunkSet): Promise<void> {
  if (!scan.addAgain) return;
  const slice = createTimeSlice();
  for await (const chunk of set.chunks()) {
    scan.addAgain(chunk);
    if (scan.isFull) return;
    await slice();
  }
}

/** The range, and from when and up to when it is known. */
export const toReportFrame = (site: ResolvedSite, { from, to, calendar }: Restriction, set: ChunkSet) => ({
  site: site.id,
  from: new Date(from).toISOString(),
  to: new Date(to).toISOString(),
  timezone: calendar.timezone,
  as_of: new Date(Math.min(set.asOf, to)).toISOString(),
  ...knownSince(set.knownFrom),
});
