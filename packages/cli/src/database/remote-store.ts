/** The store of another process of this user on this machine: each call is a request to it. */
import { deserialize, serialize } from 'node:v8';
import {
  type AppendOutcome,
  InvalidCursorError,
  type NewBatch,
  type Store,
  StoreUnavailableError,
} from '@liveinsight/collector';
import type { StoreAccess } from './lock-file.js';

/** What is sent as it is: arguments and result are data. */
export const REMOTE_CALLS = [
  'arrivals',
  'session',
  'sessionPage',
  'sessionItems',
  'sessionsOfUser',
  'unnumberedGroups',
  'deleteBatches',
  'deleteLinks',
  'activeSites',
  'ping',
  'rollups',
  'newest',
  'putRollup',
  'markDay',
  'markedDays',
  'clearMark',
  'putColumns',
  'putSegmentPart',
  'segmentParts',
  'listSegmentParts',
  'deleteSegmentParts',
  'settings',
  'putSetting',
  'deleteSetting',
  'dailySalt',
  'deleteSalts',
] as const satisfies readonly (keyof Store)[];

type RemoteName = (typeof REMOTE_CALLS)[number];

export interface RemoteCall {
  name: RemoteName | 'append';
  args: unknown[];
}

/** A function cannot be sent: the shard that it gives. */
export type SentBatch = Omit<NewBatch, 'shardAt'> & { shard: number };

export type RemoteReply = { value: unknown } | { error: { name: string; message: string } };

/** Batches of a session that are read at a time. */
const PAGE_BATCHES = 50;

export function remoteStore({ endpoint, key }: StoreAccess): Store {
  async function call(name: RemoteCall['name'], ...args: unknown[]): Promise<unknown> {
    const request = {
      method: 'POST',
      headers: { authorization: `Bearer ${key}` },
      body: serialize({ name, args } satisfies RemoteCall),
    };
    const response = await fetch(endpoint, request).catch((cause: unknown) => {
      throw new StoreUnavailableError('the process that has the data open does not answer', { cause });
    });
    if (!response.ok) throw new StoreUnavailableError(`it answered ${response.status}`);
    const reply = deserialize(Buffer.from(await response.arrayBuffer())) as RemoteReply;
    if ('value' in reply) return reply.value;
    throw toError(reply.error);
  }

  const underWay = new Set<Promise<AppendOutcome>>();
  let closed = false;

  /** Never rejects: what could not be sent is to be tried again. */
  async function send({ shardAt, ...batch }: NewBatch): Promise<AppendOutcome> {
    try {
      if (closed) throw new Error('the store is closed');
      const sent: SentBatch = { ...batch, shard: shardAt(batch.received_at ?? Date.now()) };
      return (await call('append', sent)) as AppendOutcome;
    } catch (error) {
      const event_ids = batch.events.map(({ event_id }) => event_id);
      return { kind: 'retry', event_ids, cause: error instanceof Error ? error.message : String(error) };
    }
  }

  const calls = Object.fromEntries(
    REMOTE_CALLS.map((name) => [name, (...args: unknown[]) => call(name, ...args)]),
  ) as unknown as Pick<Store, RemoteName>;

  return {
    ...calls,
    async arrivals({ skip, ...query }) {
      const page = await calls.arrivals(query);
      return skip ? { ...page, batches: page.batches.filter((batch) => !skip(batch)) } : page;
    },
    append(batch) {
      const sending = send(batch);
      underWay.add(sending);
      return sending.finally(() => underWay.delete(sending));
    },
    async visitSession(site, sessionId, visit) {
      let after: string | undefined;
      do {
        const page = { limit: PAGE_BATCHES, ...(after === undefined ? {} : { after }) };
        const { batches, next } = await calls.sessionPage(site, sessionId, page);
        for (const batch of batches) if (!visit(batch, JSON.stringify(batch.events).length)) return;
        after = next;
      } while (after !== undefined);
    },
    now: () => Date.now(),
    async close() {
      closed = true;
      await Promise.all(underWay);
    },
  };
}

/** Callers know these by their classes. */
function toError({ name, message }: { name: string; message: string }): Error {
  if (name === 'InvalidCursorError') return new InvalidCursorError(message);
  if (name === 'StoreUnavailableError') return new StoreUnavailableError(message);
  return Object.assign(new Error(message), { name });
}
