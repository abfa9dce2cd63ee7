/** `DELETE /api/values`: takes what names a person out of the numbers. */
import type { RemovedValuesData } from '@liveinsight/schema';
import { DIMENSIONS, type Dimension } from '../events/dimensions.js';
import { invalid } from '../http/query-params.js';
import {
  isRemovable,
  type RemovalPlace,
  removeValues,
  type UnwantedValues,
} from '../rollup/remove-values.js';
import { mostShards } from '../sites/sharding.js';
import type { ResolvedSite } from '../sites/site-registry.js';
import type { Store } from '../storage/event-store.js';

/** Shorter texts are in too many values. */
const MIN_TEXT_CHARS = 3;
/** Pairs that hold values of a breakdown. */
const PAIRS_OF: Partial<Record<Dimension, Dimension[]>> = {
  page: ['journey', 'click_on_page'],
  click_target: ['click_on_page'],
};

export interface ValuesQuestion {
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
  store: Store,
  { id, shards }: ResolvedSite,
  question: ValuesQuestion,
  withinMs: number,
): Promise<RemovedValuesData> {
  const { next, ...removed } = await removeValues({
    rollups: store,
    site: id,
    shards: mostShards(shards),
    unwanted: unwantedOf(question),
    from: question.after === undefined ? undefined : readCursor(question.after),
    until: Date.now() + withinMs,
  });
  return next ? { ...removed, cursor: writeCursor(next) } : removed;
}

function unwantedOf({ value, containing, breakdown }: ValuesQuestion): UnwantedValues {
  const dimensions = dimensionsOf(breakdown);
  if ((value === undefined) === (containing === undefined))
    throw invalid('value', 'or containing must be given, one of them');
  if (value !== undefined) {
    if (value === '' || /^\((other|direct|unknown)\)$/.test(value))
      throw invalid('value', 'must be a value that visitors sent');
    return { dimensions, isUnwanted: (known) => known === value || decoded(known) === value };
  }
  const text = (containing ?? '').toLowerCase();
  if (text.length < MIN_TEXT_CHARS)
    throw invalid('containing', `must have at least ${MIN_TEXT_CHARS} characters`);
  const isUnwanted = (known: string) =>
    known.toLowerCase().includes(text) || decoded(known).toLowerCase().includes(text);
  return { dimensions, isUnwanted };
}

function dimensionsOf(breakdown: string | undefined): readonly Dimension[] {
  if (breakdown === undefined) return DIMENSIONS;
  if (!isRemovable(breakdown)) throw invalid('breakdown', `must be one of ${DIMENSIONS.join(', ')}`);
  return [breakdown, ...(PAIRS_OF[breakdown] ?? [])];
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

const writeCursor = ({ kind, shard, start }: RemovalPlace): string => `${kind}-${shard}-${start}`;

function readCursor(cursor: string): RemovalPlace {
  const [, kind, shard, start] = /^(hour|day|month)-(\d{1,3})-(\d{1,15})$/.exec(cursor) ?? [];
  if (kind === 'hour' || kind === 'day' || kind === 'month')
    return { kind, shard: Number(shard), start: Number(start) };
  throw invalid('after', 'must be the cursor of an earlier response');
}
