/** A stack of an error, from the log: columns have the top frame alone. */
import { MAX_ERROR_STACKS, MAX_PROPERTY_CHARS } from '../budgets.js';
import { toProperties } from '../columns/event-properties.js';
import type { ValueGroup } from '../engine/value-groups.js';
import { scanForward } from '../event-log/scan-forward.js';
import { cutText } from '../events/bound-key.js';
import type { QueryContext } from '../query/query-context.js';
import { maxShards } from '../sites/sharding.js';
import type { ResolvedSite } from '../sites/site-registry.js';
import type { StoredEvent } from '../storage/event-store.js';
import { DAY_MS } from '../time/ms.js';
import { toErrorKey } from './error-key.js';

/** An error by its key, and when the newest one of it arrived. */
type NewestError = Pick<ValueGroup, 'value' | 'lastArrival'>;

/** In the order of the errors, of the first ones; undefined where the log does not have it any more. */
export async function readStacks(
  context: QueryContext,
  site: ResolvedSite,
  errors: readonly NewestError[],
): Promise<(string | undefined)[]> {
  const retainedFrom = context.rollups.now() - site.retentionDays * DAY_MS;
  return Promise.all(
    errors
      .slice(0, MAX_ERROR_STACKS)
      .map((error) => (error.lastArrival < retainedFrom ? undefined : findStack(context, site, error))),
  );
}

/** Of those that arrived in the same millisecond. */
async function findStack(
  { events }: QueryContext,
  site: ResolvedSite,
  { value, lastArrival }: NewestError,
): Promise<string | undefined> {
  for (let shard = 0; shard < maxShards(site.shards); shard += 1) {
    const range = { site: site.id, shard, from: lastArrival, to: lastArrival + 1 };
    for await (const { batches } of scanForward(events, range))
      for (const batch of batches) {
        const found = batch.events.find((event) => isError(event, value));
        const stack = found?.props?.stack;
        if (typeof stack === 'string') return stack;
      }
  }
  return undefined;
}

function isError(event: StoredEvent, key: string): boolean {
  if (event.event_type !== 'custom' || event.name !== 'error') return false;
  const properties = new Map(toProperties(event));
  const textAt = (...keys: string[]) => {
    const value = keys.map((name) => properties.get(name)).find((one) => one !== undefined) ?? '';
    return cutText(String(value), MAX_PROPERTY_CHARS);
  };
  return toErrorKey(textAt('message'), textAt('frame', 'source')) === key;
}
