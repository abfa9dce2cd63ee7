/** Who sent what and was told what, to be held against what is stored. */
import type { AppendOutcome, EventStore, NewBatch } from '@liveinsight/collector';
import { sampleBatch } from '@liveinsight/testing/contracts';
import { expect } from 'vitest';

export class Ledger {
  readonly sent = new Set<string>();
  readonly acknowledged = new Set<string>();
  readonly outcomes = { stored: 0, retry: 0, batch_name_reused: 0 };

  /** Appends and writes down what was answered for each event. */
  async append(store: EventStore, batch: NewBatch): Promise<AppendOutcome> {
    const ids = batch.events.map(({ event_id }) => event_id);
    for (const id of ids) this.sent.add(id);
    const outcome = await store.append(batch);
    this.outcomes[outcome.kind] += 1;
    const refused = outcome.kind === 'stored' ? [] : outcome.event_ids;
    expect(ids).toEqual(expect.arrayContaining(refused));
    for (const id of ids) if (!refused.includes(id)) this.acknowledged.add(id);
    return outcome;
  }

  /** Sends the batch until all of it is stored. */
  async persist(store: EventStore, batch: NewBatch): Promise<void> {
    for (let attempt = 0; attempt < 200; attempt += 1) {
      if ((await this.append(store, batch)).kind === 'stored') return;
    }
    throw new Error(`never stored: ${batch.batch}`);
  }

  /** Every acknowledged event is stored, none twice, and nothing that was not sent. */
  expectKept(store: EventStore, site: string, sessions: string[]): Promise<string[]> {
    return expectKept(store, site, sessions, this);
  }
}

/** Every acknowledged event is stored, none twice, and nothing that was not sent; gives what is stored. */
export async function expectKept(
  store: EventStore,
  site: string,
  sessions: Iterable<string>,
  { sent, acknowledged }: { sent: { has(id: string): boolean }; acknowledged: Set<string> },
): Promise<string[]> {
  const stored: string[] = [];
  for (const session of sessions) {
    for (const { events } of await store.session(site, session)) {
      stored.push(...events.map(({ event_id }) => event_id));
    }
  }
  const unique = new Set(stored);
  expect(stored.length - unique.size, 'events stored twice').toBe(0);
  expect(
    [...acknowledged].filter((id) => !unique.has(id)),
    'acknowledged, not stored',
  ).toEqual([]);
  expect(
    stored.filter((id) => !sent.has(id)),
    'stored, never sent',
  ).toEqual([]);
  return stored;
}

/** Batches of a few events each over a few sessions, all with ids of their own. */
export function batchesOf(site: string, count: number, sessions: string[]): NewBatch[] {
  return Array.from({ length: count }, (_, at) => {
    const ids = Array.from({ length: 1 + (at % 4) }, (_, n) => `event-${at}-${n}`);
    const session_id = sessions[at % sessions.length] ?? 'session';
    return sampleBatch(ids, { site, session_id, ...(at % 5 === 0 ? { user_id: `user-${at % 7}` } : {}) });
  });
}
