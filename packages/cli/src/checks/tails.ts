/** What a process says of the newest arrivals that it holds (`GET /api/status`): how fresh its statistics are. Pure. */
import type { StatusData, TailStatus } from '@liveinsight/schema';
import { type Finding, ok, warning } from './finding.js';

/** One response reads all that is new, unless more arrives than it may read. */
const MAX_BEHIND_MS = 60_000;
const MB = 1_024 * 1_024;

/** @param text the body of the response */
export function describeTails(text: string): Finding[] {
  const tails = parseTails(text);
  if (!tails) {
    const remedy = 'Check the address: another program answers there, or another version of the collector.';
    return [warning('freshness', '/api/status returned something else than a status', remedy)];
  }
  if (tails.length === 0)
    return [ok('freshness', 'no one has read statistics from this process within 10 minutes')];
  return tails.map(describeTail);
}

function parseTails(text: string): TailStatus[] | undefined {
  try {
    const { data } = JSON.parse(text) as { data?: Partial<StatusData> };
    const known = data?.tails?.filter(
      ({ site, starts }) => typeof site === 'string' && Object(starts) === starts,
    );
    return known?.length === data?.tails?.length ? known : undefined;
  } catch {
    return undefined;
  }
}

function describeTail({ site, behind_ms, batches, bytes, starts }: TailStatus): Finding {
  if (behind_ms === undefined) return ok('freshness', `${site}: not read yet`);
  const causes = Object.entries(starts).map(([cause, times]) => `${cause} ${times}`);
  const says = [
    `${site}: ${(behind_ms / 1_000).toFixed(1)} s behind at the last read`,
    `${batches} batches (${(bytes / MB).toFixed(1)} MB) since the newest stored hours`,
    `read from there: ${causes.join(', ')}`,
  ].join(', ');
  if (behind_ms > MAX_BEHIND_MS) return warning('freshness', says, BEHIND_REMEDY);
  return starts.parted ? warning('freshness', says, PARTED_REMEDY) : ok('freshness', says);
}

const BEHIND_REMEDY =
  'If this persists, more arrives than one response reads: check the read latency and throttling of the events table, and give the site more shards.';
const PARTED_REMEDY =
  'An older version of the collector rolls up the same tables, and each of its roll-ups makes this process read again. Deploy one version everywhere.';
