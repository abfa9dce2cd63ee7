/** Reads what reports on events by column add up, from a sample of visitors where there are more events than one response reads. */
import type { Chunk, Group } from '../columns/chunk.js';
import type { ChunkSet } from '../columns/chunk-source.js';
import { SampledVisitors } from '../engine/sample.js';
import type { Restriction, Selection, Span } from '../engine/selection.js';
import type { Note } from '../notes.js';
import type { ResolvedSite } from '../sites/site-registry.js';
import type { QueryContext } from './query-context.js';
import { readChunks } from './read-chunks.js';
import { getShare } from './sample-plan.js';
import { MIN_SAMPLED_VISITORS, toSampleNotes } from './sampled-fields.js';
import { selectChunks } from './select-chunks.js';

/** What chunks are added to. */
export interface SampledScan {
  add(chunk: Chunk, selection: Selection): void;
}

/** Of all visitors, from 0 to 1, and how many were looked at, about. */
export interface ReportSample {
  share: number;
  visitors: number;
}

export interface SampledReport<Plan, Scan> {
  scan: Scan;
  set: ChunkSet;
  /** As asked, from when on everything is known. */
  known: Plan;
  /** Present where numbers are estimates. */
  sample?: ReportSample;
  notes: Note[];
}

/** A sample of too few visitors says nothing: then the newest days are read, as many as may be. */
export async function readSampled<Plan extends Restriction, Scan extends SampledScan>(
  context: QueryContext,
  site: ResolvedSite,
  plan: Plan,
  getGroups: (plan: Plan, span: Span) => Iterable<Group>,
  create: (known: Plan, isSample: boolean) => Scan,
): Promise<SampledReport<Plan, Scan>> {
  for (const maySample of [true, false]) {
    const { set, known } = await readChunks(context, site, plan, getGroups, { maySample });
    const scan = create(known, set.sample !== undefined);
    const visitors = set.sample && new SampledVisitors();
    for await (const { chunk, selection } of selectChunks(set, known)) {
      scan.add(chunk, selection);
      visitors?.add(chunk, selection);
    }
    if (!set.sample || !visitors) return { scan, set, known, notes: set.notes };
    const sample = { share: getShare(set.sample), visitors: visitors.count };
    if (sample.visitors >= MIN_SAMPLED_VISITORS)
      return { scan, set, known, sample, notes: [...set.notes, ...toSampleNotes(sample)] };
  }
  throw new Error('chunks that may not be a sample are one');
}
