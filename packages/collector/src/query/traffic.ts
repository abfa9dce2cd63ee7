/** `?traffic=`: whose numbers a question is about. */
import { TRAFFIC, type Traffic } from '@liveinsight/schema';
import { defaultTraffic } from '../events/traffic.js';
import { invalid } from '../http/query-params.js';

/** Undefined where it is not given. */
export function parseTraffic(query: URLSearchParams): Traffic | undefined {
  const raw = query.get('traffic');
  if (raw === null) return undefined;
  const traffic = TRAFFIC.find((one) => one === raw);
  if (!traffic) throw invalid('traffic', `must be one of ${TRAFFIC.join(', ')}`);
  return traffic;
}

/** Undefined where rollups have it: everything else is read from events by column. */
export function parseColumnTraffic(query: URLSearchParams, countBots: boolean): Traffic | undefined {
  const traffic = parseTraffic(query);
  return traffic === defaultTraffic(countBots) ? undefined : traffic;
}
