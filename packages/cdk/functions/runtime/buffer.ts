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

export function fromMessage(text: string): NewBatch {
  const json = inflateRawSync(Buffer.from(text, 'base64')).toString();
  const { shard_from, ...batch } = JSON.parse(json) as Message;
  return {
    ...batch,
    shardAt: (arrivalMs) => shard_from.findLast(([from]) => from <= arrivalMs)?.[1] ?? 0,
  };
}

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
