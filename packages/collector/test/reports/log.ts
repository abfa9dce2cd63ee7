/** A log of sessions as a store has it, and the read API over it. */
import type { NewBatch, Store } from '@liveinsight/collector';
import { expect } from 'vitest';
import { READ_KEY, type ReadReply, readReply, type Stack } from '../stack.js';

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** An event without its id and type's own fields: those are given as needed. */
export type Happened = { event_type: string; timestamp: number } & Record<string, unknown>;

let made = 0;

/** A batch that arrived when its last event happened, unless said otherwise. */
export function batchOf(
  session: string,
  events: Happened[],
  more: Partial<NewBatch> = {},
): NewBatch & { received_at: number } {
  made += 1;
  const named = events.map((event, at) => ({
    event_id: `e${made}-${at}`,
    ...event,
  })) as unknown as NewBatch['events'];
  return {
    site: 'shop',
    session_id: session,
    visitor_id: `visitor-of-${session}`,
    batch: `b${String(made).padStart(6, '0')}`,
    events: named,
    received_at: events.at(-1)?.timestamp ?? 0,
    retention_days: 30,
    shardAt: () => 0,
    ...more,
  };
}

export const view = (page: string, timestamp: number, more: object = {}): Happened => ({
  event_type: 'page_view',
  page_url: `https://shop.example${page}?q=1`,
  timestamp,
  ...more,
});

export async function appendAll(store: Store, batches: NewBatch[]): Promise<void> {
  const outcomes = await Promise.all(batches.map((batch) => store.append(batch)));
  for (const { kind } of outcomes) expect(kind).toBe('stored');
}

export type Refusal = { issues: { path: string }[] };

/** Asks the read API: a path and query below `/api`. */
export async function ask<Data>({ collector }: Stack, path: string): Promise<ReadReply<Data & Refusal>> {
  const headers = { authorization: `Bearer ${READ_KEY}` };
  return readReply(await collector.fetch(new Request(`http://collector/api${path}`, { headers })));
}
