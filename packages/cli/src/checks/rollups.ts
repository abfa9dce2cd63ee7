/** The numbers: parts that could not be rolled up, and batches of the log that cannot be read. Writes nothing. */
import { type DynamoStoreOptions, dynamoStore } from '@liveinsight/collector/dynamodb';
import { toCliError } from '../error-hints.js';
import { type Finding, ok, problem } from './finding.js';

const DAY_MS = 86_400_000;
/** Sites with traffic within so many days are looked at. */
const LOOKBACK_DAYS = 8;

export async function checkRollups(options: DynamoStoreOptions): Promise<Finding[]> {
  const store = dynamoStore(options);
  try {
    const sites = new Set<string>();
    for (let back = 0; back < LOOKBACK_DAYS; back += 1) {
      const day = new Date(Date.now() - back * DAY_MS).toISOString().slice(0, 10);
      for (const site of await store.activeSites(day)) sites.add(site);
    }
    const findings: Finding[] = [];
    for (const site of [...sites].sort()) {
      for (const { part = '', marked_at, error = '' } of await store.markedDays(site, 'failed')) {
        const since = new Date(marked_at).toISOString();
        const isLog = part.startsWith('log ');
        findings.push(
          isLog
            ? problem('numbers', `${site}, ${part}: ${error}. They are not counted.`, CORRUPT)
            : problem('numbers', `${site}, ${part} could not be rolled up (${since}): ${error}`, TRIED_AGAIN),
        );
      }
    }
    return findings.length > 0 ? findings : [ok('numbers', 'every hour and day could be rolled up')];
  } catch (error) {
    const { message, remedy } = toCliError(error);
    return [problem('numbers', message, remedy)];
  } finally {
    await store.close();
  }
}

const TRIED_AGAIN =
  'Each round tries it again: run `liveinsight rollup` to do so now, and remove the cause that is named.';
const CORRUPT =
  'If a newer version of LiveInsight wrote them, deploy that version everywhere; else delete the items from the events table.';
