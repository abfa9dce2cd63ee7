/** What reports on events by column have in common: range and filters, the scan, and what a response says of itself. */
import type { Chunk, Group } from '../columns/chunk.js';
import type { ChunkSet } from '../columns/chunk-source.js';
import { SAMPLE_GROUPS, SampledVisitors, selectSample, splitSample } from '../engine/sample.js';
import type { Restriction, Selection, Span } from '../engine/selection.js';
import type { Note } from '../notes.js';
import { FILTER_PARAMETERS } from '../query/filters.js';
import { overBudgetNotes } from '../query/over-budget.js';
import { knownSince } from '../query/points.js';
import type { QueryContext } from '../query/query-context.js';
import { readChunks } from '../query/read-chunks.js';
import { readFilters } from '../query/read-filters.js';
import type { ReportSample } from '../query/read-sampled.js';
import { getShare } from '../query/sample-plan.js';
import { MIN_SAMPLED_VISITORS, toSampleNotes } from '../query/sampled-fields.js';
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

/** Whom a scan is about. */
export interface ScanScope {
  /** It looks at one of so many visitors. */
  share: number;
  /** Whether what it looks at is a sample. */
  isSample: boolean;
  /** Whether it is one of the groups by which the error of a sample is told: all of them share one budget. */
  isGroup: boolean;
}

/** What chunks are added to. */
export interface ReportScan {
  /** Present where it is over its budget with visitors: it is begun again with half as many. */
  readonly isFull?: boolean;
  add(chunk: Chunk, selection: Selection): void;
  /** A second pass, over all chunks once more. */
  addAgain?(chunk: Chunk, selection: Selection): void;
}

export interface ScannedReport<Plan, Scan> {
  scan: Scan;
  /** Of a sample: the same of random groups of its visitors. */
  groups: readonly Scan[];
  set: ChunkSet;
  /** As asked, from when on everything is known. */
  known: Plan;
  /** Present where numbers are estimates: there is more to read than one response may. */
  sample?: ReportSample;
  /** Visitors that each one who was looked at stands for. */
  weight: number;
  notes: Note[];
}

type CreateScan<Plan, Scan> = (known: Plan, scope: ScanScope) => Scan;

/**
 * A sample of too few visitors says nothing: then the newest days are read, as many as may be.
 *
 * @param options.maySample whether it may be a sample, where there is more to read than one response may. Default: yes
 */
export async function scanReport<Plan extends Restriction, Scan extends ReportScan>(
  context: QueryContext,
  site: ResolvedSite,
  plan: Plan,
  getGroups: (plan: Plan, span: Span) => Iterable<Group>,
  create: CreateScan<Plan, Scan>,
  { maySample = true }: { maySample?: boolean } = {},
): Promise<ScannedReport<Plan, Scan>> {
  const { set, known } = await readChunks(context, site, plan, getGroups, { maySample });
  const found = await scanChunks(set, known, create);
  return found.sample && found.sample.visitors < MIN_SAMPLED_VISITORS
    ? scanReport(context, site, plan, getGroups, create, { maySample: false })
    : found;
}

async function scanChunks<Plan extends Restriction, Scan extends ReportScan>(
  set: ChunkSet,
  known: Plan,
  create: CreateScan<Plan, Scan>,
): Promise<ScannedReport<Plan, Scan>> {
  const bound = set.sample && getShare(set.sample);
  const isSample = bound !== undefined;
  for (let share = 1; ; share *= 2) {
    const scan = create(known, { share, isSample, isGroup: false });
    const groups = Array.from({ length: isSample ? SAMPLE_GROUPS : 0 }, () =>
      create(known, { share, isSample, isGroup: true }),
    );
    const visitors = isSample ? new SampledVisitors() : undefined;
    const over: ReadonlyMap<string, number>[] = [];
    for await (const { chunk, selection } of selectChunks(set, known)) {
      scan.add(chunk, selection);
      if (scan.isFull) break;
      addToGroups(groups, chunk, selection, (group, part) => group.add(chunk, part));
      visitors?.add(chunk, selection);
      over.push(chunk.over);
    }
    if (!scan.isFull) await addAgain({ scan, groups }, set);
    if (scan.isFull) continue;
    const sample =
      bound === undefined || !visitors
        ? undefined
        : { share: bound / share, visitors: Math.round(visitors.count / share) };
    return {
      ...{ scan, groups, set, known },
      ...(sample ? { sample } : {}),
      weight: sample ? 1 / sample.share : share,
      notes: [
        ...set.notes,
        ...overBudgetNotes(over),
        ...(sample ? toSampleNotes(sample) : toShareNotes(share)),
      ],
    };
  }
}

/** Each group gets what its visitors did. */
function addToGroups<Scan>(
  groups: readonly Scan[],
  chunk: Chunk,
  selection: Selection,
  add: (group: Scan, part: Selection) => void,
): void {
  if (groups.length === 0) return;
  for (const [index, part] of splitSample(chunk, selection).entries()) {
    const group = groups[index];
    if (group) add(group, part);
  }
}

async function addAgain(
  { scan, groups }: { scan: ReportScan; groups: readonly ReportScan[] },
  set: ChunkSet,
): Promise<void> {
  if (!scan.addAgain) return;
  const slice = createTimeSlice();
  for await (const chunk of set.chunks()) {
    const selection = set.sample ? selectSample(chunk, {}, set.sample.bound) : {};
    scan.addAgain(chunk, selection);
    if (scan.isFull) return;
    addToGroups(groups, chunk, selection, (group, part) => group.addAgain?.(chunk, part));
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
