/** A collector in two threads: one receives and stores events, the other answers questions, so that neither waits for the other. */
import { assembleCollector, type Collector } from '../collector.js';
import { OptionsError } from '../errors.js';
import type { CommonOptions } from '../options.js';
import type { Store } from '../storage/event-store.js';
import type { SqliteStore } from '../storage/sqlite/store.js';
import type { TailReport } from '../tail/tails.js';
import { checkOptions, shortKeyWarnings } from '../validate-options.js';
import { CALLBACKS, type CallbackName, type HostCalls, type WriteName } from './question-calls.js';
import { type QuestionThread, startQuestionThread } from './question-thread.js';
import { fromSentError } from './sent-error.js';

export interface ThreadedCollectorOptions extends CommonOptions {
  /** `sqliteStore({ path })`: the other thread reads its folder. */
  store: SqliteStore;
  /** Called when the thread of questions has ended: those under way were answered with 503, and it is started again. Default: a line on standard error. */
  onThreadEnd?: (cause: Error) => void;
}

/**
 * As `createCollector`, with `/api/stats`, all reports, exports, imports, erasures, rolling up and alerts in a thread of its own.
 * @throws OptionsError that names every option that is wrong
 */
export function createThreadedCollector(options: ThreadedCollectorOptions): Collector {
  const { onThreadEnd = logEnd, ...collectorOptions } = options;
  checkOptions(collectorOptions);
  const { store, ...common } = collectorOptions;
  const { folder } = store;
  if (folder === undefined)
    throw new OptionsError(
      'createThreadedCollector: store must be sqliteStore({ path }): memory is one thread’s',
    );
  for (const warning of shortKeyWarnings(common)) console.warn(`LiveInsight: ${warning}`);

  let tails: TailReport[] = [];
  const unlistedSites = new Set<string>();
  const handlers: Omit<HostCalls, 'body' | 'nextOfBody'> = {
    append: ({ shard, ...batch }) => store.append({ ...batch, shardAt: () => shard }),
    write: (name, args) => write(store, name, args),
    erased: (site) => assembled.forget(site),
    tails(reports) {
      tails = reports;
    },
    print: (level, text) => console[level](text),
    notify: (name, value, error) => notify(common, name, error ? fromSentError(error) : value),
  };
  const thread = startQuestionThread({
    setup: () => ({
      folder,
      options: toSentOptions(common),
      callbacks: CALLBACKS.filter((name) => common[name] !== undefined),
      unlistedSites: [...unlistedSites],
    }),
    handlers,
    onEnd(cause) {
      // They went with the thread.
      tails = [];
      onThreadEnd(cause);
    },
  });
  const assembled = assembleCollector(
    // The other thread has the timers.
    { ...common, rollUpEverySeconds: 0, store: withThread(store, thread) },
    { delegate: thread.answer },
  );
  const { collector } = assembled;
  if (common.anySite)
    collector.onBatch(({ site }) => {
      if (unlistedSites.has(site) || common.sites.some(({ id }) => id === site)) return;
      unlistedSites.add(site);
      thread.addSite(site);
    });
  return { ...collector, rollUp: thread.rollUp, tails: () => tails };
}

const logEnd = ({ message }: Error): void =>
  console.error(`LiveInsight: the thread that answers questions has ended and is started again: ${message}`);

/** Of use while the thread is, and closed after it, for it writes until then. */
const withThread = (store: Store, thread: Pick<QuestionThread, 'check' | 'close'>): Store => ({
  ...store,
  async ping() {
    thread.check();
    await store.ping();
  },
  async close() {
    await thread.close();
    await store.close();
  },
});

/** What is data, and of use there: locations and the plan are for events, files are served here. */
function toSentOptions({
  location,
  plan,
  assets,
  onStoreError,
  onExcluded,
  ...options
}: CommonOptions): CommonOptions {
  const { onRollupError, onOverBudget, onRollupMismatch, onWrongKey, ...data } = options;
  return data;
}

function write(store: Store, name: WriteName, args: unknown[]): Promise<unknown> {
  const call = store[name] as (...args: unknown[]) => Promise<unknown>;
  return call(...args);
}

function notify(options: CommonOptions, name: CallbackName, value: unknown): void {
  const listener = options[name] as ((value: unknown) => void) | undefined;
  listener?.(value);
}
