/** A client: events wait together for a moment, and are sent until the collector has them. */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { EventMap, ServerEvent } from './events.js';
import { type ClientOptions, checkOptions, withDefaults } from './options.js';
import { createQueue, type Queued } from './queue.js';
import { type Outcome, send } from './send.js';
import { type EventSender, toSender } from './sender.js';
import type { WireEvent } from './wire.js';

export interface Client<Events extends EventMap = EventMap> {
  /**
   * Adds an event to the queue and returns at once; never throws. False: it was not taken, because the visitor has denied it,
   * the queue is full, or the client is closed.
   */
  track(event: ServerEvent<Events>, from?: EventSender): boolean;
  /** Sends what waits. Resolves when all of it is stored or given up, or after so long: false where some is left. */
  flush(withinMs?: number): Promise<boolean>;
  /** The same, and takes nothing more. Call it before the process ends: `process.exit()` leaves no time. */
  close(withinMs?: number): Promise<boolean>;
  /** Events that wait or are being sent. */
  readonly waiting: number;
}

/** Batches that are sent at once. */
const MAX_AT_ONCE = 4;
const FIRST_PAUSE_MS = 500;
const MAX_PAUSE_MS = 60_000;
const DEFAULT_FLUSH_MS = 5_000;
/** Reasons of one batch, as the collector takes them. */
const MAX_REASONS = 16;

/** @throws TypeError that names the option that is wrong */
export function createClient<Events extends EventMap = EventMap>(given: ClientOptions): Client<Events> {
  checkOptions(given);
  const { endpoint, site, flushAfterMs, maxQueueBytes, timeoutMs, ...options } = withDefaults(given);
  const queue = createQueue(maxQueueBytes);
  /** What was given up since it was last told. */
  let dropped: Record<string, number> = {};
  let failures = 0;
  let pausedUntil = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let timerAt = Number.POSITIVE_INFINITY;
  let isClosed = false;
  /** Emits `change` when a batch is done or has failed. */
  const changes = new EventTarget();

  /** It may throw: `track()` never does. */
  function onError(error: Error): void {
    try {
      options.onError(error);
    } catch {}
  }

  function count(reason: string, events: number): void {
    dropped[reason] = (dropped[reason] ?? 0) + events;
  }

  function drop(reason: string, message: string): void {
    count(reason, 1);
    onError(new Error(`1 event was given up (${reason}): ${message}`));
  }

  function wake(afterMs: number): void {
    const at = Math.max(Date.now() + afterMs, pausedUntil);
    if (at >= timerAt) return;
    clearTimeout(timer);
    timerAt = at;
    timer = setTimeout(() => {
      timerAt = Number.POSITIVE_INFINITY;
      sendWaiting();
    }, at - Date.now());
    // No reason to stay: what waits is sent at the end of the process.
    timer.unref();
  }

  function sendWaiting(): void {
    if (Date.now() < pausedUntil) {
      wake(0);
      return;
    }
    const waiting = queue.waiting();
    const free = MAX_AT_ONCE - (queue.batches - waiting.length);
    for (const queued of waiting.slice(0, Math.max(0, free))) void sendOne(queued);
  }

  async function sendOne(queued: Queued): Promise<void> {
    queued.isSending = true;
    queued.isClosed = true;
    const { batch } = queued;
    // What was given up is told once, by a batch whose name stands for it.
    const reasons = Object.entries(dropped);
    if (batch.sent_at === undefined && reasons.length > 0) {
      batch.dropped = Object.fromEntries(reasons.splice(0, MAX_REASONS));
      dropped = Object.fromEntries(reasons);
    }
    batch.sent_at = Date.now();
    const outcome = await send(endpoint, batch, timeoutMs);
    queued.isSending = false;
    settle(queued, outcome);
    changes.dispatchEvent(new Event('change'));
    if (queue.events > 0) wake(0);
  }

  function settle(queued: Queued, outcome: Outcome): void {
    if (outcome.kind === 'done') {
      failures = 0;
      queue.remove(queued);
      const { dropped: told = {}, events } = queued.batch;
      // None of it was stored: the next batch tells it.
      if (outcome.rejected.length >= events.length)
        for (const [reason, lost] of Object.entries(told)) count(reason, lost);
      for (const { code, message } of outcome.rejected) drop(code, message);
      return;
    }
    const pause = outcome.afterMs ?? Math.min(FIRST_PAUSE_MS * 2 ** failures, MAX_PAUSE_MS);
    failures += 1;
    // Up to as much again, so that servers do not come back all at once.
    pausedUntil = Math.max(pausedUntil, Date.now() + pause * (1 + Math.random()));
    if (failures === 1) onError(new Error(`events could not be sent, and are tried again: ${outcome.cause}`));
  }

  async function flush(withinMs = DEFAULT_FLUSH_MS): Promise<boolean> {
    const until = AbortSignal.timeout(Math.max(1, withinMs));
    // Keeps the process until then: the client's own timers do not.
    const alive = setTimeout(() => {}, withinMs);
    try {
      pausedUntil = Math.min(pausedUntil, Date.now());
      while (queue.events > 0 && !until.aborted) {
        sendWaiting();
        await once(changes, 'change', { signal: until });
      }
    } catch (error) {
      if (!until.aborted) throw error;
    } finally {
      clearTimeout(alive);
    }
    return queue.events === 0;
  }

  /** The process has nothing left to do. After a failure it ends. */
  function onExit(): void {
    if (queue.events === 0) return;
    process.off('beforeExit', onExit);
    void flush().then((isEmpty) => {
      if (!isEmpty) onError(new Error(`${queue.events} events could not be sent before the process ended`));
      else if (!isClosed) process.on('beforeExit', onExit);
    });
  }
  process.on('beforeExit', onExit);

  return {
    track(event, from = {}) {
      if (isClosed) return false;
      try {
        const sender = toSender(from, from.site ?? site);
        if (!sender) return false;
        const sent: WireEvent = {
          ...event,
          event_id: event.event_id ?? randomUUID(),
          timestamp: event.timestamp ?? Date.now(),
        };
        if (!queue.add(sender, sent)) {
          drop('queue_full', `more than ${maxQueueBytes} bytes wait`);
          return false;
        }
        wake(queue.isFull ? 0 : flushAfterMs);
        return true;
      } catch (error) {
        // What JSON cannot carry.
        drop('client_error', error instanceof Error ? error.message : String(error));
        return false;
      }
    },
    flush,
    async close(withinMs) {
      isClosed = true;
      const isEmpty = await flush(withinMs);
      process.off('beforeExit', onExit);
      clearTimeout(timer);
      return isEmpty;
    },
    get waiting() {
      return queue.events;
    },
  };
}
