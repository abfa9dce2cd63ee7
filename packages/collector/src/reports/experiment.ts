/** `GET /api/experiment`: whether visitors of one variant convert better than those of another. */
import type { ExperimentData } from '@liveinsight/schema';
import { MAX_EXPERIMENT_VARIANTS } from '../budgets.js';
import { selectByRule } from '../engine/event-rule.js';
import { Exposures, getExposuresGroups, readVariants } from '../engine/exposures.js';
import { onceAChunk } from '../engine/once-a-chunk.js';
import { rejectUnknown } from '../http/query-params.js';
import { toNoteFields } from '../notes.js';
import type { QueryContext } from '../query/query-context.js';
import type { ResolvedSite } from '../sites/site-registry.js';
import { EXPERIMENT_PARAMETERS, parseExperimentQuery } from './experiment-query.js';
import { toExperimentNumbers, weighCount } from './experiment-result.js';
import { toOtherNotes } from './report-notes.js';
import { createErrors, toSampleFields } from './sampled-rows.js';
import { REPORT_PARAMETERS, readRestriction, scanReport, toReportFrame } from './scan-report.js';

const OF_GROUP = { visitors: Number.POSITIVE_INFINITY, variants: MAX_EXPERIMENT_VARIANTS };
const PARAMETERS = new Set<string>([...REPORT_PARAMETERS, ...EXPERIMENT_PARAMETERS]);

export async function getExperiment(
  context: QueryContext,
  site: ResolvedSite,
  query: URLSearchParams,
): Promise<ExperimentData> {
  rejectUnknown(query, PARAMETERS);
  const experiment = await parseExperimentQuery(query, context.definitions(site.id));
  const { control, split } = experiment;
  const named = [...(split?.keys() ?? []), ...(control === undefined ? [] : [control])];
  const plan = {
    ...(await readRestriction(context, site, query, { measures: true })),
    ...{ ...experiment, named },
    readVariants: onceAChunk((chunk) => readVariants(chunk, experiment)),
    selectReached: onceAChunk((chunk) => selectByRule(chunk, experiment.goal)),
  };
  const report = await scanReport(
    context,
    site,
    plan,
    getExposuresGroups,
    // Visitors are limited for all groups together.
    (known, { share, isGroup }) => new Exposures(known, share, isGroup ? OF_GROUP : undefined),
  );
  const { scan, set, weight, notes } = report;
  const readErrors = createErrors(report, (group, weight) =>
    group.finish().map((count) => [count.variant, weighCount(count, weight)] as const),
  );
  const counts = scan.finish();
  const numbers = toExperimentNumbers(experiment, counts, weight);
  const compared = new Set(numbers.variants.map(({ variant }) => variant));
  const others = counts.filter(({ variant }) => !compared.has(variant));
  return {
    ...toReportFrame(site, plan, set),
    ...toSampleFields(report),
    prop: experiment.key,
    goal: query.get('goal') ?? '',
    confidence: experiment.confidence,
    ...numbers,
    variants: numbers.variants.map((one) => {
      const { visitors, conversions, conversion_rate } = one;
      return { ...one, ...readErrors(one.variant, { visitors, conversions, conversion_rate }, visitors) };
    }),
    excluded: {
      several_variants: Math.round(weight * scan.several),
      other_variants: Math.round(weight * others.reduce((sum, { visitors }) => sum + visitors, 0)),
    },
    ...toNoteFields([...notes, ...toOtherNotes(scan.over, weight)]),
  };
}
