/** What each function may do: the whole of it, as data. Key patterns are those of the collector's tables. */

export type FunctionName = 'ingest' | 'read' | 'rollup' | 'admin' | 'drain';

/** Tables, and what is in them, that a permission is for. */
export type Target = 'events' | 'arrivals' | 'rollups';

export interface Permission {
  sid: string;
  actions: string[];
  on: Target[];
  /** Patterns that the partition keys must match: for some of the items only. */
  keys?: string[];
}

const QUERY_LOG: Permission = {
  sid: 'ReadLog',
  actions: ['dynamodb:Query'],
  on: ['events', 'arrivals'],
};
const READ_NUMBERS: Permission = {
  sid: 'ReadNumbers',
  actions: ['dynamodb:GetItem', 'dynamodb:Query'],
  on: ['rollups'],
};
/** Items that are stored separately from days and months. */
const PAIRS = ['*#day-pairs', '*#month-pairs'];
/** Parts of segments, which days and hours name. */
const SEGMENTS = ['*#day-columns', '*#hour-columns'];
const NUMBERS = ['*#hour', '*#day', '*#month', ...PAIRS, ...SEGMENTS, '*#marks', '*#settings'];
/** Hours, days and months; dirty days; and of the settings, that an alert was sent. */
const ADVANCE_NUMBERS: Permission = {
  sid: 'AdvanceNumbers',
  actions: ['dynamodb:PutItem'],
  on: ['rollups'],
  keys: NUMBERS,
};
const TAKE_EVENTS: Permission[] = [
  { sid: 'InsertBatches', actions: ['dynamodb:PartiQLInsert'], on: ['events'] },
  { sid: 'ReadChains', actions: ['dynamodb:Query'], on: ['events'] },
  { sid: 'LinkUsers', actions: ['dynamodb:PutItem'], on: ['events'], keys: ['*#user#*'] },
  { sid: 'MarkActiveSites', actions: ['dynamodb:PutItem'], on: ['rollups'], keys: ['active#*'] },
];
/** The random salts under which visitors without an id are named: made, read, and deleted after two days. */
const KEEP_SALTS: Permission = {
  sid: 'KeepSalts',
  actions: ['dynamodb:DeleteItem', 'dynamodb:PutItem', 'dynamodb:Query'],
  on: ['rollups'],
  keys: ['salts'],
};

/** Rules for what is left out: read, and one added where somebody leaves their own browser out. */
const EXCLUDE: Permission = {
  sid: 'ReadExclusions',
  actions: ['dynamodb:PutItem', 'dynamodb:Query'],
  on: ['rollups'],
  keys: ['*#settings'],
};

const PERMISSIONS: Record<FunctionName, Permission[]> = {
  ingest: [...TAKE_EVENTS, KEEP_SALTS, EXCLUDE],
  drain: TAKE_EVENTS,
  // It is open to the world, and changes nothing.
  read: [QUERY_LOG, READ_NUMBERS],
  rollup: [
    QUERY_LOG,
    READ_NUMBERS,
    ADVANCE_NUMBERS,
    {
      sid: 'ClearMarks',
      actions: ['dynamodb:DeleteItem'],
      on: ['rollups'],
      keys: ['*#marks', ...PAIRS, ...SEGMENTS],
    },
  ],
  admin: [
    QUERY_LOG,
    READ_NUMBERS,
    {
      sid: 'ChangeLog',
      actions: ['dynamodb:DeleteItem', 'dynamodb:PartiQLInsert', 'dynamodb:PutItem'],
      on: ['events'],
    },
    {
      sid: 'ChangeNumbers',
      actions: ['dynamodb:PutItem'],
      on: ['rollups'],
      // All but the salts.
      keys: [...NUMBERS, 'active#*'],
    },
    {
      sid: 'RemoveReplaced',
      actions: ['dynamodb:DeleteItem'],
      on: ['rollups'],
      keys: [...PAIRS, ...SEGMENTS, '*#settings'],
    },
  ],
};

/** In front of a queue, ingest touches no batch: `drain` does. */
export function getPermissions(name: FunctionName, ingest: 'direct' | 'buffered'): Permission[] {
  return name === 'ingest' && ingest === 'buffered' ? [KEEP_SALTS, EXCLUDE] : PERMISSIONS[name];
}
