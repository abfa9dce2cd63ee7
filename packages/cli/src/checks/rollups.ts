/** Checks for failed and overdue roll-ups, and unreadable batches in the log. Writes nothing. */
import type { Store } from '@liveinsight/collector';
import { describeFailure } from '../error-hints.js';
import { recentUtcDays } from '../time.js';
import { checkColumns } from './columns.js';
import { type Finding, ok, problem } from './finding.js';
import { checkLag } from './rollup-lag.js';

/** Sites with traffic within so many days are looked at. */
const LOOKBACK_DAYS = 8;

export async function checkRollups(store: Store): Promise<Finding[]> {
  try {
    const sites = new Set<string>();
    for (const day of recentUtcDays(LOOKBACK_DAYS)) {
      for (const site of await store.activeSites(day)) sites.add(site);
    }
    const findings: Finding[] = [];
    for (const site of [...sites].sort()) {
      for (const { part = '', marked_at, error = '' } of await store.markedDays(site, 'failed')) {
        const since = new Date(marked_at).toISOString();
        const isLog = part.startsWith('log ');
        findings.push(
          isLog
            ? problem('numbers', `${site}, ${part}: ${error}. These batches are not counted.`, CORRUPT_HINT)
            : problem('numbers', `${site}, ${part}: roll-up failed at ${since}: ${error}`, RETRY_HINT),
        );
      }
    }
    for (const site of [...sites].sort()) findings.push(...(await checkLag(store, site)));
    if (findings.length === 0) findings.push(ok('numbers', 'no roll-up has failed'));
    for (const site of [...sites].sort()) findings.push(...(await checkColumns(store, site)));
    return findings;
  } catch (error) {
    const { message, remedy } = describeFailure(error);
    return [problem('numbers', message, remedy)];
  }
}

const RETRY_HINT = 'Fix the cause. Every roll-up tries again; run `liveinsight rollup` to do so now.';
const CORRUPT_HINT =
  'If a newer version of LiveInsight wrote these batches, deploy that version everywhere. Otherwise delete the items from the events table.';
