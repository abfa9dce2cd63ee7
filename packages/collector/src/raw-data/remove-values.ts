/** `DELETE /api/values`: takes what names a person out of the numbers. */
import type { RemovedValuesData } from '@liveinsight/schema';
import { DIMENSIONS, type Dimension } from '../events/dimensions.js';
import { invalid } from '../http/query-params.js';
import {
  isRemovable,
  type RemovalPosition,
  removeValues,
  type UnwantedValues,
} from '../rollup/remove-values.js';
import type { ColumnsContext } from '../rollup/rollup-context.js';
import { maxShards } from '../sites/sharding.js';
import type { ResolvedSite } from '../sites/site-registry.js';
import type { Store } from '../storage/event-store.js';

/** Shorter texts are in too many values. */
const MIN_TEXT_CHARS = 3;
/** Pairs that hold values of a breakdown. */
const EDGES_OF: Partial<Record<Dimension, Dimension[]>> = {
  page: ['journey', 'click_on_page'],
  click_target: ['click_on_page'],
};

export interface ValuesQuery {
  /** A whole value, as a breakdown shows it. */
  value?: string | undefined;
  /** A text within values, in upper or lower case, percent-encoded or not. */
  containing?: string | undefined;
  /** The breakdown whose values are meant. Default: all. */
  breakdown?: string | undefined;
  /** `cursor` of an earlier call. */
  after?: string | undefined;
}

export async function removeSiteValues(
  { store, columns }: { store: Store; columns: ColumnsContext | undefined },
  { id, shards }: ResolvedSite,
  query: ValuesQuery,
  withinMs: number,
): Promise<RemovedValuesData> {
  const { next, ...removed } = await removeValues({
    rollups: store,
    site: id,
    shards: maxShards(shards),
    unwanted: parseUnwanted(query),
    columns,
    from: query.after === undefined ? undefined : readCursor(query.after),
    until: Date.now() + withinMs,
  });
  return next ? { ...removed, cursor: writeCursor(next) } : removed;
}

function parseUnwanted({ value, containing, breakdown }: ValuesQuery): UnwantedValues {
  const dimensions = parseDimensions(breakdown);
  if ((value === undefined) === (containing === undefined))
    throw invalid('value', 'or containing must be given, one of them');
  if (value !== undefined) {
    if (value === '' || /^\((other|direct|unknown)\)$/.test(value))
      throw invalid('value', 'must be a value that visitors sent');
    return { dimensions, isUnwanted: (known) => known === value || decodeValue(known) === value };
  }
  const text = (containing ?? '').toLowerCase();
  if (text.length < MIN_TEXT_CHARS)
    throw invalid('containing', `must have at least ${MIN_TEXT_CHARS} characters`);
  const isUnwanted = (known: string) =>
    known.toLowerCase().includes(text) || decodeValue(known).toLowerCase().includes(text);
  return { dimensions, isUnwanted };
}

function parseDimensions(breakdown: string | undefined): readonly Dimension[] {
  if (breakdown === undefined) return DIMENSIONS;
  if (!isRemovable(breakdown)) throw invalid('breakdown', `must be one of ${DIMENSIONS.join(', ')}`);
  return [breakdown, ...(EDGES_OF[breakdown] ?? [])];
}

function decodeValue(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

const writeCursor = ({ kind, shard, start }: RemovalPosition): string => `${kind}-${shard}-${start}`;

function readCursor(cursor: string): RemovalPosition {
  const [, kind, shard, start] = /^(hour|day|month)-(\d{1,3})-(\d{1,15})$/.exec(cursor) ?? [];
  if (kind === 'hour' || kind === 'day' || kind === 'month')
    return { kind, shard: Number(shard), start: Number(start) };
  throw invalid('after', 'must be the cursor of an earlier response');
}
