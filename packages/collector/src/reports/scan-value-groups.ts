/** Reads the events of a report that counts them by value. */
import { MAX_GROUP_PAGES, MAX_REPORT_GROUPS, MAX_ROW_DISTINCT_BYTES } from '../budgets.js';
import type { ChunkSet } from '../columns/chunk-source.js';
import { onceAChunk } from '../engine/once-a-chunk.js';
import { SAMPLE_GROUPS } from '../engine/sample.js';
import {
  getValueGroupsGroups,
  type ValueGroup,
  ValueGroups,
  type ValueGroupsPlan,
} from '../engine/value-groups.js';
import type { Note } from '../notes.js';
import type { QueryContext } from '../query/query-context.js';
import type { ReportSample } from '../query/read-sampled.js';
import type { ResolvedSite } from '../sites/site-registry.js';
import { toOtherNotes, toRowShareNotes } from './report-notes.js';
import { createErrors, type RowErrors, toSampleFields } from './sampled-rows.js';
import { scanReport } from './scan-report.js';

/** All groups of a sample share a budget; of rows and what they list, a part of it is enough for those that matter. */
const OF_GROUP = {
  groups: MAX_REPORT_GROUPS / 4,
  parts: MAX_GROUP_PAGES / SAMPLE_GROUPS,
  distinctBytes: MAX_ROW_DISTINCT_BYTES / SAMPLE_GROUPS,
};
/** No value is so: empty ones have a name. */
const ALL = '';
/** Pages of each value that are listed. */
const MAX_PAGES = 5;

interface GroupNumbers {
  events: number;
  sessions: number;
  visitors: number;
}

/** With numbers of all visitors, where a sample was looked at. */
export interface WeighedGroup extends Omit<ValueGroup, keyof GroupNumbers> {
  numbers: GroupNumbers & RowErrors;
}

export interface ScannedGroups {
  /** Those with the most events first. */
  groups: WeighedGroup[];
  /** Of all groups. */
  events: { sample?: ReportSample; events: number } & RowErrors;
  set: ChunkSet;
  notes: Note[];
}

export async function scanValueGroups(
  context: QueryContext,
  site: ResolvedSite,
  plan: ValueGroupsPlan,
): Promise<ScannedGroups> {
  const report = await scanReport(
    context,
    site,
    { ...plan, read: onceAChunk(plan.read) },
    getValueGroupsGroups,
    (known, { isGroup }) => new ValueGroups(known, isGroup ? OF_GROUP : undefined),
  );
  const { scan, set, notes, weight } = report;
  const readErrors = createErrors(report, (group, weight) => {
    const found = group.finish();
    return [
      [ALL, sumEvents(found, weight)],
      ...found.map((one) => [one.value, toNumbers(one, weight)] as const),
    ];
  });
  const groups = scan.finish();
  const total = sumEvents(groups, weight);
  return {
    groups: groups.map((group) => {
      const numbers = toNumbers(group, weight);
      const weigh = <Part extends { events: number }>(part: Part): Part => ({
        ...part,
        events: Math.round(weight * part.events),
      });
      return {
        ...group,
        ...{ numbers: { ...numbers, ...readErrors(group.value, numbers, numbers.visitors) } },
        pages: group.pages.slice(0, MAX_PAGES).map(weigh),
        releases: group.releases.map(weigh),
      };
    }),
    set,
    events: { ...toSampleFields(report), ...total, ...readErrors(ALL, total, total.events) },
    notes: [
      ...notes,
      ...toRowShareNotes('sessions and visitors', scan.share),
      ...toOtherNotes(scan.over, weight),
    ],
  };
}

const toNumbers = ({ events, sessions, visitors }: ValueGroup, weight: number) => ({
  events: Math.round(weight * events),
  sessions: Math.round(weight * sessions),
  visitors: Math.round(weight * visitors),
});

const sumEvents = (groups: readonly ValueGroup[], weight: number) => ({
  events: Math.round(weight * groups.reduce((sum, { events }) => sum + events, 0)),
});
