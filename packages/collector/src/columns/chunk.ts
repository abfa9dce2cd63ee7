/**
 * Events by column: what questions beyond the rollups are answered from. A chunk is the counted batches of one site that
 * arrived in `[from, to)`, each event once: read from the log, or decoded from what is stored of a day or an hour.
 */
import type { SessionDimension } from '../events/dimensions.js';

/**
 * A list of distinct texts, and for each row the place of its text in it. 0 stands for none, and `values[0]` is ''; an
 * empty text that was sent has a code of its own.
 */
export interface TextColumn {
  codes: Uint16Array;
  values: readonly string[];
}

/** The text of a row; undefined for none. */
export function textAt({ codes, values }: TextColumn, row: number): string | undefined {
  const code = codes[row] ?? 0;
  return code === 0 ? undefined : values[code];
}

/** 64-bit keyed hashes by row, in two halves; both 0 for none. */
export interface HashColumn {
  high: Uint32Array;
  low: Uint32Array;
}

/**
 * One row for each distinct context of a session: what its batches say of it can change on the way (another network,
 * midnight), and every event counts under what its own batch said, as in the rollups. Ordered by the visitor of the
 * session's first context, then session, then first arrival: contexts of one session are next to each other.
 */
export interface ContextColumns {
  count: number;
  /** Number of the session in this chunk: from 0 on, ascending. Its hash is in `IdColumns`. */
  session: Uint32Array;
  /** Sessions in this chunk. */
  sessions: number;
  visitor: HashColumn;
  /** The batch's values as `sessionValue` names them. */
  dimensions: Record<SessionDimension, TextColumn>;
  /** First event of each context, by row; one more at the end: the number of events. */
  firstEvent: Uint32Array;
  /** Sum of `gap` of its events, in ms. */
  duration: Float64Array;
}

/** Hashes that tell one session over several chunks, and one user. */
export interface IdColumns {
  /** By number of the session. */
  session: HashColumn;
  /** By context. */
  user: HashColumn;
}

/** What kind of event it is: as many kinds as a site has names of events, so a condition is tested once a kind. */
export interface EventKind {
  type: string;
  /** As `eventName`: the type, or a custom event's own name. */
  name: string;
  /** Of a conversion, cut to the length of a key. */
  conversionType?: string;
  /** Present where the event has an amount that counts. */
  currency?: string;
}

/** One row for each event, by context, and in one context in the order they happened. */
export interface EventColumns {
  count: number;
  kind: Uint16Array;
  kinds: readonly EventKind[];
  /** Where it happened, as `toPage`; none where it has no address. */
  page: TextColumn;
  /** Host of that address, as `getHost`. */
  hostname: TextColumn;
  /** Of a view: the page before it in the session. Its values are those of `page`, in one list. */
  fromPage: TextColumn;
  /** Ordinals, 0 for none, 65,535 for that and more: of a view in its session, of a conversion in it, and of its type in it. */
  view: Uint16Array;
  nth: Uint16Array;
  nthOfType: Uint16Array;
  /** Bits of `EVENT_FLAGS`. */
  flags: Uint8Array;
  /** Whether it is known which events sessions became engaged with: not in segments stored before that was. */
  knowsEngaged: boolean;
  /** Amount of a conversion in micro-units of `kinds[kind].currency`; NaN for none. */
  micros: Float64Array;
}

export const EVENT_FLAGS = { firstOnPage: 1, delayed: 2, engaged: 4 } as const;

/** How long a page was read, in the order of `EventColumns`. */
export interface EngagementColumns {
  /** In ms, 0 for none. */
  engaged: Uint32Array;
}

export const NO_SCROLL = 255;

/** When each event happened, and how far the page had been scrolled, in the order of `EventColumns`. */
export interface TimeColumns {
  /** In ms. */
  timestamp: Float64Array;
  /** Time since the session's event before it, in ms. */
  gap: Uint32Array;
  /** Depth of the scroll in whole percent, rounded down; `NO_SCROLL` for none. */
  scroll: Uint8Array;
}

/** The values that one property of events has: `prop:plan`. One column for each key, over all names of events. */
export interface PropertyColumn {
  key: string;
  /** Rows of `EventColumns` that have it, ascending. */
  rows: Uint32Array;
  /** By place in `rows`. A value is a text, a number or a boolean; booleans are texts here, and lists their JSON. None where it is a number. */
  text: TextColumn;
  /** NaN where it is no number. */
  number: Float64Array;
}

/** What few questions ask for. */
export interface DetailColumns {
  title: TextColumn;
  /** As `clickTarget`. */
  clickTarget: TextColumn;
  /** Address of a link that was followed; which form was sent, as `formTarget`. */
  link: TextColumn;
}

/** Groups are read and decoded when they are asked for. */
export const GROUPS = [
  'context',
  'ids',
  'event',
  'engagement',
  'arrival',
  'time',
  'property',
  'detail',
] as const;
export type Group = (typeof GROUPS)[number];

/** Groups that may be stored for a shorter time than the others. */
export const DETAIL_GROUPS: readonly Group[] = ['property', 'detail'];

/** What else must be read to decode a group. */
const NEEDS: Record<Group, readonly Group[]> = {
  context: [],
  ids: ['context'],
  event: [],
  engagement: ['event'],
  arrival: ['context'],
  time: ['context', 'event', 'arrival'],
  property: ['event'],
  detail: ['event'],
};

/** The groups, and those that are needed to decode them. */
export const withNeeds = (groups: Iterable<Group>): Set<Group> =>
  new Set([...groups].flatMap((group) => [...NEEDS[group], group]));

/** A group of a chunk is asked for that was not read, or is not stored any more. */
export class GroupNotReadError extends Error {
  override name = 'GroupNotReadError';

  constructor(readonly group: Group) {
    super(`the columns of the group "${group}" were not read`);
  }
}

/** Asked for a group that it does not have, it throws a `GroupNotReadError`. */
export interface Chunk {
  /** Arrivals in ms; `to` exclusive. */
  from: number;
  to: number;
  /** What it has: what was read, and for `property` and `detail` is still stored. */
  groups: ReadonlySet<Group>;
  events: number;
  /** Events of bots that were left out. */
  botEvents: number;
  /** Values that were over a budget when it was written, by reason as in the rollups. */
  over: ReadonlyMap<string, number>;
  context(): ContextColumns;
  ids(): IdColumns;
  event(): EventColumns;
  engagement(): EngagementColumns;
  /** When each event arrived, in ms by the store's clock: numbers count it there. In the order of `EventColumns`. */
  arrival(): Float64Array;
  time(): TimeColumns;
  /** By key. */
  property(): ReadonlyMap<string, PropertyColumn>;
  detail(): DetailColumns;
}
