/** What a collector has received: names of events and of their properties, and what differed from its own plan. */
import type { PlanData, PlanDeviation, PropertiesData, Reply, StatsData } from '@liveinsight/schema';
import { CliError } from '../cli-error.js';

export interface TrafficSource {
  url: string;
  key: string | undefined;
  site: string | undefined;
  days: number;
}

export interface ReceivedEvent {
  name: string;
  count: number;
}

export interface Traffic {
  events: ReceivedEvent[];
  conversions: ReceivedEvent[];
  /** Whether there were more names than are listed. */
  isCut: boolean;
  /** Properties of a custom event. */
  properties(event: string): Promise<ReceivedEvent[]>;
  differences: PlanDeviation[];
}

const TIMEOUT_MS = 30_000;
/** As many as a response lists. */
const LIMIT = '1000';
const OTHER = '(other)';

export async function readTraffic(source: TrafficSource): Promise<Traffic> {
  const [stats, plan] = await Promise.all([
    ask<StatsData>(source, '/stats', { breakdown: 'event_name,conversion_type', limit: LIMIT }),
    ask<PlanData>(source, '/plan', {}),
  ]);
  const rows = (name: 'event_name' | 'conversion_type') =>
    (stats.breakdowns[name] ?? []).map(({ value, events }) => ({ name: value, count: events ?? 0 }));
  const named = [rows('event_name'), rows('conversion_type')] as const;
  const [events, conversions] = named.map((list) => list.filter(({ name }) => name !== OTHER));
  return {
    events: events ?? [],
    conversions: conversions ?? [],
    isCut: named.some((list) => list.some(({ name }) => name === OTHER)),
    differences: plan.differences,
    async properties(event) {
      const data = await ask<PropertiesData>(source, '/properties', { event, limit: LIMIT });
      return data.properties.map(({ key, events: count }) => ({ name: key, count }));
    },
  };
}

async function ask<Data>(
  { url, key, site, days }: TrafficSource,
  path: string,
  query: Record<string, string>,
): Promise<Data> {
  const search = new URLSearchParams({ ...(site === undefined ? {} : { site }), from: `${days}d`, ...query });
  const headers = key === undefined ? {} : { authorization: `Bearer ${key}` };
  let reply: Reply<Data>;
  try {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const response = await fetch(`${url}/api${path}?${search}`, { headers, signal });
    reply = (await response.json()) as Reply<Data>;
  } catch (error) {
    const says = error instanceof Error ? error.message : String(error);
    throw new CliError(`${url} did not answer ${path}: ${says}`, 'Check --url.', { cause: error });
  }
  if (reply.status === 'success') return reply.data;
  throw new CliError(`${url}/api${path}: ${reply.message}`, 'Set a read key in LIVEINSIGHT_READ_KEYS.');
}
