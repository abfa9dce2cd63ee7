/** What happens now: told by the collector where it can push, asked for where it can't, and never shown as fresh when it is not. */
import type { RealtimeData, StreamEvent } from '@liveinsight/schema';
import type { Client } from '../api/client.js';
import { type ApiError, toApiError } from '../api/error.js';
import { openEventSource } from './event-source.js';
import { createPollTimer } from './poll-timer.js';
import { createShowTimer } from './show-timer.js';
import { filterConversions, MAX_CONVERSIONS, mergeEvents } from './stream.js';

export interface LiveState {
  now: RealtimeData | undefined;
  /** Newest first. */
  events: readonly StreamEvent[];
  conversions: readonly StreamEvent[];
  /** `waiting` before the first answer; `stale` when no response has arrived for a while. */
  freshness: 'waiting' | 'live' | 'stale';
  /** By this computer's clock. */
  updatedAt: number | undefined;
  error: ApiError | undefined;
  /** Whether no stream is open, so that arrivals are polled. */
  isPolled: boolean;
}

export interface LiveFeed {
  state(): LiveState;
  /** The page is seen again: asks at once. */
  wake(): void;
  close(): void;
}

export interface FeedOptions {
  client: Client;
  site: string;
  onChange(): void;
  onError(error: ApiError): void;
}

/** Windows move on also when nothing arrives. */
const POLL_MS = 1_000;
/** Without a line nothing waits a second. */
const POLL_UNPUSHED_MS = 700;
const RETRY_MS = 2_000;
/** What one flush brings is one question. */
const GATHER_MS = 40;
const MIN_BETWEEN_MS = 500;
const TIMEOUT_MS = 5_000;
const STALE_AFTER_MS = 10_000;
const RECONNECT_MS = { first: 1_000, max: 30_000 };

export function openFeed({ client, site, onChange, onError }: FeedOptions): LiveFeed {
  const closed = new AbortController();
  let now: RealtimeData | undefined;
  let events: readonly StreamEvent[] = [];
  let conversions: readonly StreamEvent[] = [];
  let updatedAt: number | undefined;
  let error: ApiError | undefined;
  let lastId: string | undefined;
  let line: 'none' | 'connecting' | 'open' | 'unsupported' = 'none';
  let reconnectMs = RECONNECT_MS.first;
  let isAsking = false;
  let askedAt = Number.NEGATIVE_INFINITY;
  const pollTimer = createPollTimer(() => void ask());
  let lineTimer: ReturnType<typeof setTimeout> | undefined;
  const showTimer = createShowTimer(onChange);

  function take(arrived: readonly StreamEvent[]): void {
    events = mergeEvents(events, arrived);
    conversions = mergeEvents(conversions, filterConversions(arrived), MAX_CONVERSIONS);
  }

  async function ask(): Promise<void> {
    if (isAsking || closed.signal.aborted) return;
    isAsking = true;
    askedAt = performance.now();
    pollTimer.stop();
    const cursor = now?.cursor;
    const signal = AbortSignal.any([closed.signal, AbortSignal.timeout(TIMEOUT_MS)]);
    try {
      const result = await client.read('/realtime', { site, cursor }, signal);
      now = result;
      // A line that is opened goes on from here.
      lastId ??= result.cursor;
      updatedAt = Date.now();
      error = undefined;
      take(result.events);
      if (line === 'none' && !lineTimer) void connect();
    } catch (thrown) {
      if (closed.signal.aborted) return;
      error = toApiError(thrown);
      // The collector no longer knows the cursor: the next response begins from the start.
      if (error.kind === 'invalid') now = undefined;
      onError(error);
    }
    isAsking = false;
    showTimer.changed();
    askIn(error ? RETRY_MS : pauseMs(performance.now() - askedAt));
  }

  /** A collector that takes long is left alone for as long: it is not to spend its time on being watched. */
  const pauseMs = (tookMs: number): number =>
    Math.max(line === 'open' ? POLL_MS : POLL_UNPUSHED_MS, Math.min(tookMs, TIMEOUT_MS));

  /** A hidden page sends no requests. */
  function askIn(delayMs: number): void {
    if (document.hidden || closed.signal.aborted) pollTimer.stop();
    else pollTimer.within(delayMs);
  }

  async function connect(): Promise<void> {
    line = 'connecting';
    const ended = await openEventSource({
      url: `${client.config.api}/live?${new URLSearchParams({ site })}`,
      lastId,
      signal: closed.signal,
      onOpen() {
        line = 'open';
        reconnectMs = RECONNECT_MS.first;
        showTimer.changed();
      },
      onEvents(arrived, id) {
        lastId = id ?? lastId;
        take(arrived);
        showTimer.changed(arrived.length);
        // While a question is under way its end sets the next one.
        const betweenMs = showTimer.isBusy() ? POLL_MS : MIN_BETWEEN_MS;
        if (!isAsking) askIn(Math.max(GATHER_MS, askedAt + betweenMs - performance.now()));
      },
    });
    if (closed.signal.aborted) return;
    line = ended === 'unsupported' ? 'unsupported' : 'none';
    showTimer.changed();
    void ask();
    if (line === 'unsupported') return;
    lineTimer = setTimeout(() => {
      lineTimer = undefined;
      void connect();
    }, reconnectMs);
    reconnectMs = Math.min(2 * reconnectMs, RECONNECT_MS.max);
  }

  // Time alone can make it stale.
  const clock = setInterval(() => showTimer.changed(), 5_000);
  void ask();
  return {
    state: () => ({
      now,
      events,
      conversions,
      updatedAt,
      error,
      isPolled: line === 'unsupported' || lineTimer !== undefined,
      freshness: getFreshness(updatedAt, error),
    }),
    wake: () => void ask(),
    close() {
      closed.abort();
      clearInterval(clock);
      pollTimer.stop();
      showTimer.stop();
      clearTimeout(lineTimer);
    },
  };
}

function getFreshness(updatedAt: number | undefined, error: ApiError | undefined): LiveState['freshness'] {
  if (error) return 'stale';
  if (updatedAt === undefined) return 'waiting';
  return Date.now() - updatedAt > STALE_AFTER_MS ? 'stale' : 'live';
}
