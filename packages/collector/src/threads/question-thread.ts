/** The thread of questions as the thread of events sees it: started, asked, and started again where it has ended. */
import { Worker } from 'node:worker_threads';
import type { RoundResult } from '../collector.js';
import type { CollectorReply, CollectorRequest, Connection } from '../http/request.js';
import type { RoundOptions } from '../rollup/rollup-scheduler.js';
import { StoreUnavailableError } from '../storage/event-store.js';
import { type Calls, createCalls } from './calls.js';
import type { HostCalls, QuestionCalls, QuestionSetup } from './question-calls.js';
import { createRequestBodies } from './request-bodies.js';
import { threadEnded } from './sent-error.js';
import { toSentRequest } from './sent-request.js';

/** One that ends sooner is not started at once: it may end again and again. */
const MIN_LIFE_MS = 5_000;
const RESTART_AFTER_MS = 1_000;
/** Starts in a row that may fail before the process is not ready any more: one is answered by trying again. */
const MAX_FAILED_STARTS = 2;
/** How long one that has closed may take to end. */
const END_WITHIN_MS = 2_000;

export interface QuestionThread {
  /** Rejects with an `ApiError` where the thread has ended meanwhile. */
  answer(request: CollectorRequest, connection: Connection): Promise<CollectorReply>;
  rollUp(options: RoundOptions | undefined): Promise<RoundResult>;
  addSite(id: string): void;
  /** Throws where the thread ends again and again. */
  check(): void;
  /** Waits for what is under way. */
  close(): Promise<void>;
}

export interface QuestionThreadParts {
  /** Asked at each start. */
  setup(): QuestionSetup;
  handlers: Omit<HostCalls, 'body' | 'nextOfBody'>;
  /** Called when the thread has ended, before it is started again. */
  onEnd(cause: Error): void;
}

interface Running {
  worker: Worker;
  calls: Calls<QuestionCalls>;
  ended: Promise<void>;
}

export function startQuestionThread({ setup, handlers, onEnd }: QuestionThreadParts): QuestionThread {
  const bodies = createRequestBodies();
  let count = 0;
  let closing: Promise<void> | undefined;
  let restart: NodeJS.Timeout | undefined;
  /** Of threads that ended soon after their start, one after the other, and why the last of them did. */
  let failedStarts = 0;
  let lastCause: Error | undefined;
  /** Infinite while none runs. */
  let runningSince = Number.POSITIVE_INFINITY;
  let running = start();

  function start(): Running {
    runningSince = performance.now();
    const worker = new Worker(new URL('./question-program.js', import.meta.url), { workerData: setup() });
    const { body, nextOfBody } = bodies;
    const calls = createCalls<QuestionCalls>(worker, { ...handlers, body, nextOfBody });
    let cause: Error | undefined;
    worker.on('error', (error) => {
      cause = error instanceof Error ? error : new Error(String(error));
    });
    const ended = new Promise<void>((resolve) => {
      worker.on('exit', (code) => {
        calls.end(threadEnded());
        resolve();
        if (closing) return;
        lastCause = cause ?? new Error(`it ended with code ${code}`);
        onEnd(lastCause);
        const isFailed = performance.now() - runningSince < MIN_LIFE_MS;
        failedStarts = isFailed ? failedStarts + 1 : 0;
        runningSince = Number.POSITIVE_INFINITY;
        restart = setTimeout(
          () => {
            running = start();
          },
          isFailed ? RESTART_AFTER_MS : 0,
        ).unref();
      });
    });
    return { worker, calls, ended };
  }

  async function close(): Promise<void> {
    clearTimeout(restart);
    const { worker, calls, ended } = running;
    await calls.call('close').catch(() => {});
    worker.ref();
    const overdue = setTimeout(() => void worker.terminate(), END_WITHIN_MS);
    await ended;
    clearTimeout(overdue);
  }

  return {
    async answer(request, connection) {
      count += 1;
      const id = count;
      const { calls } = running;
      const { signal } = request;
      const abort = () => void calls.call('abort', id).catch(() => {});
      bodies.add(id, request);
      signal?.addEventListener('abort', abort, { once: true });
      try {
        const sent = await calls.call('answer', toSentRequest(id, request, connection));
        const { isStream, body, ...reply } = sent;
        return { ...reply, body: isStream ? toStream(calls, id) : body };
      } finally {
        bodies.delete(id);
        signal?.removeEventListener('abort', abort);
      }
    },
    rollUp: (options) => running.calls.call('rollUp', options),
    addSite: (id) => void running.calls.call('addSite', id).catch(() => {}),
    check() {
      // The one that runs may be the one that stays.
      if (failedStarts <= MAX_FAILED_STARTS || performance.now() - runningSince >= MIN_LIFE_MS) return;
      throw new StoreUnavailableError(
        `the thread that answers questions has ended ${failedStarts} times in a row: ${lastCause?.message}`,
        { cause: lastCause },
      );
    },
    close() {
      closing ??= close();
      return closing;
    },
  };
}

/** What the thread sends of a body as it is asked for; errors where the thread ends before it does. */
function toStream(calls: Calls<QuestionCalls>, id: number): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const piece = await calls.call('nextOfReply', id);
        if (piece) controller.enqueue(piece);
        else controller.close();
      },
      cancel: () => calls.call('cancelReply', id).catch(() => {}),
    },
    { highWaterMark: 0 },
  );
}
