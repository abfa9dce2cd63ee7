/** The program of the thread that answers questions, rolls up and checks alerts: a collector that is sent its requests. */
import { format } from 'node:util';
import { parentPort, workerData } from 'node:worker_threads';
import { assembleCollector } from '../collector.js';
import type { CommonOptions } from '../options.js';
import { createCalls } from './calls.js';
import {
  type HostCalls,
  PRINT_LEVELS,
  type QuestionCalls,
  type QuestionSetup,
  type SentReply,
} from './question-calls.js';
import { openQuestionStore } from './question-store.js';
import { createReplyBodies } from './reply-bodies.js';
import { toSentBytes } from './sent-bytes.js';
import { toSentError } from './sent-error.js';
import { fromSentRequest } from './sent-request.js';

const TAILS_EVERY_MS = 1_000;

const port = parentPort;
if (!port) throw new Error('this is the program of a thread');

const { folder, options, callbacks, unlistedSites } = workerData as QuestionSetup;
const aborts = new Map<number, AbortController>();
const bodies = createReplyBodies((id) => aborts.delete(id));

const handlers: QuestionCalls = {
  async answer(sent) {
    const gone = new AbortController();
    aborts.set(sent.id, gone);
    const request = fromSentRequest(sent, source, gone.signal);
    const { body, ...reply } = await collector.handle(request, sent.connection);
    startSendingTails();
    if (!(body instanceof ReadableStream)) {
      aborts.delete(sent.id);
      return { ...reply, body: body instanceof Uint8Array ? toSentBytes(body) : body, isStream: false };
    }
    bodies.add(sent.id, body);
    return { ...reply, body: undefined, isStream: true } satisfies SentReply;
  },
  nextOfReply: (id) => bodies.next(id),
  cancelReply: (id) => bodies.cancel(id),
  abort: (id) => aborts.get(id)?.abort(),
  rollUp: (round) => collector.rollUp(round),
  addSite: (id) => void sites.authorize(id, undefined),
  async close() {
    await collector.close();
    // Once this is answered, nothing keeps the thread.
    setImmediate(() => port.close());
  },
};

const calls = createCalls<HostCalls>(
  {
    postMessage: (message) => port.postMessage(message),
    on: (event, listener) => port.on(event, listener),
  },
  handlers,
);
const source = {
  body: (id: number, limitBytes: number) => calls.call('body', id, limitBytes),
  nextOfBody: (id: number) => calls.call('nextOfBody', id),
};
/** Without a result, and without an error: the process that it is for has ended then. */
const send = (call: Promise<unknown>): void => void call.catch(() => {});

// An application may write its own kind of log: it gets what is printed here, too.
for (const level of PRINT_LEVELS)
  console[level] = (...parts) => send(calls.call('print', level, format(...parts)));

const notifiers = callbacks.map((name) => [
  name,
  (value: unknown) =>
    send(
      value instanceof Error
        ? calls.call('notify', name, undefined, toSentError(value))
        : calls.call('notify', name, value, undefined),
    ),
]);
const { collector, sites } = assembleCollector(
  {
    ...options,
    ...(Object.fromEntries(notifiers) as Partial<CommonOptions>),
    store: openQuestionStore(folder, calls),
  },
  { onErased: (site) => send(calls.call('erased', site)) },
);
for (const id of unlistedSites) sites.authorize(id, undefined);

let sending: NodeJS.Timeout | undefined;

/** For metrics, which do not wait for this thread: at once, then every second for as long as something is held. */
function startSendingTails(): void {
  if (sending) return;
  sending = setInterval(sendTails, TAILS_EVERY_MS).unref();
  sendTails();
}

function sendTails(): void {
  const reports = collector.tails();
  send(calls.call('tails', reports));
  if (reports.length > 0) return;
  clearInterval(sending);
  sending = undefined;
}
