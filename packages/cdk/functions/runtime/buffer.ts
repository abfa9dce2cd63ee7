/** Batches on their way through a queue: accepted once the queue holds them, stored by another function. */
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import {
  type NewBatch,
  type SaltStore,
  type SettingsStore,
  type Site,
  type Store,
  StoreUnavailableError,
} from '@liveinsight/collector';

/** How far ahead the shards of a waiting batch are fixed, in ms: as long as a queue keeps a message. */
const MAX_WAIT_MS = 14 * 86_400_000;

/** The shard from a time (ms) on. */
type ShardFrom = [from: number, shard: number];

interface Message extends Omit<NewBatch, 'shardAt'> {
  shard_from: ShardFrom[];
}

/**
 * A batch as the text of a message. A batch's shard depends on when it is written, so the message holds the shard of
 * now and of every step that the site's shards take while it may wait.
 */
function toMessage(batch: NewBatch, site: Site | undefined, now: number): string {
  const { shardAt, ...rest } = batch;
  const steps = Array.isArray(site?.shards) ? site.shards.map(({ from }) => new Date(from).getTime()) : [];
  const ahead = steps.filter((from) => from > now && from < now + MAX_WAIT_MS).sort((a, b) => a - b);
  const shard_from = [0, ...ahead].map((from): ShardFrom => [from, shardAt(Math.max(from, now))]);
  const message: Message = { ...rest, shard_from };
  return deflateRawSync(JSON.stringify(message), { level: 1 }).toString('base64');
}

/** @throws Error that names what is wrong with the message: nothing of it may be written then */
export function fromMessage(text: string): NewBatch {
  const json = inflateRawSync(Buffer.from(text, 'base64')).toString();
  const message: unknown = JSON.parse(json);
  validate(message);
  const { shard_from, ...batch } = message;
  return {
    ...batch,
    shardAt: (arrivalMs) => shard_from.findLast(([from]) => from <= arrivalMs)?.[1] ?? 0,
  };
}

const TEXTS = ['site', 'session_id', 'visitor_id', 'batch'] as const;

function validate(value: unknown): asserts value is Message {
  const message = Object(value) as Partial<Record<keyof Message, unknown>>;
  for (const name of TEXTS) {
    if (typeof message[name] !== 'string' || message[name] === '') throw invalid(`${name} must be a text`);
  }
  if (!Number.isFinite(message.retention_days)) throw invalid('retention_days must be a number');
  const { events, shard_from } = message;
  if (!Array.isArray(events) || events.length === 0) throw invalid('events must be a list of at least one');
  for (const [index, event] of events.entries()) {
    const { event_id, event_type, timestamp } = Object(event);
    if (typeof event_id !== 'string' || event_id === '') throw invalid(`events[${index}] has no event_id`);
    if (typeof event_type !== 'string') throw invalid(`events[${index}] has no event_type`);
    if (!Number.isFinite(timestamp)) throw invalid(`events[${index}] has no timestamp`);
  }
  const isStep = (step: unknown) => Array.isArray(step) && step.length === 2 && step.every(Number.isFinite);
  if (!Array.isArray(shard_from) || shard_from.length === 0 || !shard_from.every(isStep)) {
    throw invalid('shard_from must be a list of times and shards');
  }
}

const invalid = (what: string) => new Error(`not a batch of LiveInsight: ${what}`);

/** The queue, as far as it is used here. */
export interface Queue {
  send(text: string): Promise<unknown>;
  /** Rejects where the queue can't be used. */
  check(): Promise<unknown>;
}

/** A store that only takes: 200 means validated, and held durably by the queue. All else is another function's. */
export function bufferedStore(queue: Queue, sites: Site[], tables: SaltStore & SettingsStore): Store {
  const none = async () => {
    throw new StoreUnavailableError('this function only takes events: ask the one for reading');
  };
  return {
    async append(batch) {
      const site = sites.find(({ id }) => id === batch.site);
      try {
        await queue.send(toMessage(batch, site, Date.now()));
        return { kind: 'stored' };
      } catch (error) {
        const event_ids = batch.events.map(({ event_id }) => event_id);
        return { kind: 'retry', event_ids, cause: error instanceof Error ? error.message : String(error) };
      }
    },
    ping: async () => {
      await queue.check();
    },
    close: async () => {},
    now: Date.now,
    dailySalt: tables.dailySalt,
    deleteSalts: tables.deleteSalts,
    arrivals: none,
    session: none,
    sessionItems: none,
    sessionPage: none,
    visitSession: none,
    unnumberedGroups: none,
    sessionsOfUser: none,
    activeSites: none,
    deleteBatches: none,
    deleteLinks: none,
    rollups: none,
    newest: none,
    putRollup: none,
    markDay: none,
    markedDays: none,
    clearMark: none,
    putColumns: none,
    putSegmentPart: none,
    segmentParts: none,
    listSegmentParts: none,
    deleteSegmentParts: none,
    settings: tables.settings,
    putSetting: tables.putSetting,
    deleteSetting: none,
  };
}
