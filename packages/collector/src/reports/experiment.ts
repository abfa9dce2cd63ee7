/** `GET /api/experiment`: whether visitors of one variant convert better than those of another. */
import type { ExperimentData } from '@liveinsight/schema';
import { Exposures, getExposuresGroups } from '../engine/exposures.js';
import { rejectUnknown } from '../http/query-params.js';
import { toNoteFields } from '../notes.js';
import type { QueryContext } from '../query/query-context.js';
import type { ResolvedSite } from '../sites/site-registry.js';
import { EXPERIMENT_PARAMETERS, parseExperimentQuery } from './experiment-query.js';
import { toExperimentNumbers } from './experiment-result.js';
import { toOtherNotes } from './report-notes.js';
import { REPORT_PARAMETERS, readRestriction, scanReport, toReportFrame } from './scan-report.js';

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
  const plan = { ...(await readRestriction(context, site, query, { measures: true })), ...experiment, named };
  const { scan, set, share, notes } = await scanReport(
    context,
    site,
    plan,
    getExposuresGroups,
    (known, share) => new Exposures(known, share),
  );
  const counts = scan.finish();
  const numbers = toExperimentNumbers(experiment, counts, share);
  const compared = new Set(numbers.variants.map(({ variant }) => variant));
  const others = counts.filter(({ variant }) => !compared.has(variant));
  return {
    ...toReportFrame(site, plan, set),
    prop: experiment.key,
    goal: query.get('goal') ?? '',
    confidence: experiment.confidence,
    ...numbers,
    excluded: {
      several_variants: share * scan.several,
      other_variants: share * others.reduce((sum, { visitors }) => sum + visitors, 0),
    },
    ...toNoteFields([...notes, ...toOtherNotes(scan.over)]),
  };
}
