/** What a client sent over HTTP and was told, to be held against what is stored. */
import type { EventStore } from '@liveinsight/collector';
import type { MountedCollector } from '@liveinsight/testing/contracts';
import { expect } from 'vitest';
import { post, readReply } from '../stack.js';
import { expectKept } from '../storage/ledger.js';

interface Sent {
  session: { session_id: string };
  batch: string;
  events: { event_id: string; event_type: string }[];
}

export class HttpLedger {
  readonly sent = new Map<string, Sent>();
  readonly acknowledged = new Set<string>();
  /** How often each status was answered; 0: none was. */
  readonly answers = new Map<number, number>();
  readonly sessions = new Set<string>();

  constructor(readonly fetch: MountedCollector['fetch']) {}

  batch(name: string): Sent {
    const session_id = `session-${name.split('-')[0]}`;
    const ids = [1, 2, 3].map((at) => `${name}-${at}`);
    this.sessions.add(session_id);
    return {
      session: { session_id },
      batch: `${name}-1`,
      events: ids.map((event_id) => ({ event_id, event_type: 'click' })),
    };
  }

  /** Sends once and writes down what was answered; gives the status, 0 where there was no answer. */
  async send(batch: Sent, fetch = this.fetch): Promise<number> {
    for (const { event_id } of batch.events) this.sent.set(event_id, batch);
    const reply = await fetch('/api/events', post(batch))
      .then(readReply)
      .catch(() => undefined);
    const code = reply?.code ?? 0;
    this.answers.set(code, (this.answers.get(code) ?? 0) + 1);
    if (!reply) return code;
    const ids = batch.events.map(({ event_id }) => event_id);
    const again = reply.data.retry_events ?? [];
    expect(reply.data.retry === true).toBe(code === 503);
    expect(reply.data.accepted).toBe(ids.length - again.length);
    expect(ids).toEqual(expect.arrayContaining(again));
    for (const id of ids) if (!again.includes(id)) this.acknowledged.add(id);
    return code;
  }

  async sendUntilStored(fetch = this.fetch): Promise<void> {
    const open = new Set(
      [...this.sent].filter(([id]) => !this.acknowledged.has(id)).map(([, batch]) => batch),
    );
    for (const batch of open) {
      for (let attempt = 0; (await this.send(batch, fetch)) !== 200; attempt += 1) {
        if (attempt === 200) throw new Error(`never stored: ${batch.batch}`);
      }
    }
  }

  expectKept(store: EventStore): Promise<string[]> {
    return expectKept(store, 'shop', this.sessions, this);
  }
}
