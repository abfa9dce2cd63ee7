/** Reads the events of a report that counts them by value. */
import type { ChunkSet } from '../columns/chunk-source.js';
import {
  getValueGroupsGroups,
  type ValueGroup,
  ValueGroups,
  type ValueGroupsPlan,
} from '../engine/value-groups.js';
import type { Note } from '../notes.js';
import type { QueryContext } from '../query/query-context.js';
import type { ResolvedSite } from '../sites/site-registry.js';
import { toOtherNotes, toRowShareNotes } from './report-notes.js';
import { scanReport } from './scan-report.js';

/** Pages of each value that are listed. */
const MAX_PAGES = 5;

export interface ScannedGroups {
  /** Those with the most events first. */
  groups: ValueGroup[];
  /** Events of all groups. */
  events: number;
  set: ChunkSet;
  notes: Note[];
}

export async function scanValueGroups(
  context: QueryContext,
  site: ResolvedSite,
  plan: ValueGroupsPlan,
): Promise<ScannedGroups> {
  const { scan, set, notes } = await scanReport(
    context,
    site,
    plan,
    getValueGroupsGroups,
    (known) => new ValueGroups(known),
  );
  const groups = scan.finish();
  return {
    ...{ groups, set },
    events: groups.reduce((sum, { events }) => sum + events, 0),
    notes: [...notes, ...toRowShareNotes('sessions and visitors', scan.share), ...toOtherNotes(scan.over)],
  };
}

export const listPages = (pages: ValueGroup['pages']) => pages.slice(0, MAX_PAGES);
