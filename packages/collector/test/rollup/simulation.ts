/** A site, its visitors and any number of advancers in simulated time, on a real store, with kills between any two calls. */
import { createHash } from 'node:crypto';
import type { Counters } from '../../src/events/counters.js';
import type { RollupContext, RollupSite } from '../../src/rollup/rollup-context.js';
import { rollUpSite } from '../../src/rollup/rollup-round.js';
import { SETTLE_MS } from '../../src/rollup/settle-time.js';
import type {
  ArrivalsPage,
  ArrivalsQuery,
  NewBatch,
  Store,
  StoredEvent,
} from '../../src/storage/event-store.js';
import type { RollupOptions, RollupRange, RollupState } from '../../src/storage/rollup-store.js';
import { getCalendar } from '../../src/time/calendar.js';
import type { Arrived } from './reference.js';
import { type Kill, type Step, UNHARMED } from './steps.js';

/** How long a put may be missing in reads that need not be consistent. */
export const STALE_MS = 1_000;
const MINUTE_MS = 60_000;
const PAGES = ['/', '/products', '/products/1', '/cart', '/about'];

export class Simulation {
  now: number;
  readonly start: number;
  readonly arrived: Arrived[] = [];
  readonly differences: Partial<Counters>[] = [];
  readonly site: RollupSite;
  /** Whether an import waits to be folded in. */
  pendingImport = false;
  /** When one was last. */
  importedAt = 0;
  /** When what was appended can be seen in the index, by batch name. */
  readonly #visibleAt = new Map<string, number>();
  /** When each state was put last. */
  readonly #putAt = new Map<string, number>();
  readonly #late: { call: () => Promise<unknown>; dueAt: number }[] = [];
  /** Calls of all advancers. */
  #calls = 0;
  #events = 0;
  #reads = 0;

  /**
   * @param store where events go and what readers read
   * @param troubled the same data, as advancers reach it: through faults
   */
  constructor(
    readonly store: Store,
    readonly troubled: Store,
    id: string,
    timezone: string,
    shards: number,
    start: string,
  ) {
    this.start = Date.parse(start);
    this.now = this.start;
    this.site = { id, calendar: getCalendar(timezone), retentionDays: 7, shards };
  }

  async run(step: Step): Promise<void> {
    switch (step.kind) {
      case 'tick':
        this.now += step.minutes * MINUTE_MS;
        return;
      case 'send':
        for (let time = 0; time < step.times; time += 1) {
          await this.#send(step);
          // A step of folding does not end among arrivals of one minute.
          this.now += 20_000;
        }
        return;
      case 'import':
        return this.#import(step);
      case 'advance':
        await Promise.all(step.kills.map((kill) => this.advance(kill)));
        return;
      case 'land':
        await this.land();
    }
  }

  /** Everything that was to land late lands. */
  async land(): Promise<void> {
    for (const { call } of this.#late.splice(0)) await arrive(call);
  }

  /** What is due by now lands before the next call, whoever makes it. */
  async #landDue(): Promise<void> {
    this.#calls += 1;
    const due = this.#late.findIndex(({ dueAt }) => dueAt <= this.#calls);
    if (due >= 0) for (const { call } of this.#late.splice(due, 1)) await arrive(call);
  }

  /** What a reader could have seen of what arrived. */
  visible(): Arrived[] {
    return this.arrived.filter(({ batch }) => (this.#visibleAt.get(batch.batch) ?? 0) <= this.now);
  }

  /** Whether no import waits to be folded in, or was so lately that not every read shows it. */
  imported(): boolean {
    return !this.pendingImport && this.importedAt <= this.now - STALE_MS;
  }

  async advance(kill: Kill): Promise<void> {
    try {
      await rollUpSite(this.context(kill), this.site);
      if (kill.how === 'never') await this.#noteImports();
    } catch (error) {
      if (!(error instanceof Killed || isUnavailable(error))) throw error;
    }
  }

  /** What readers, or advancers that nothing happens to, reach the store by; with a kill: through faults. */
  context(kill?: Kill): RollupContext {
    return this.#contextOf(kill?.faults ? this.troubled : this.store, kill);
  }

  #contextOf(store: Store, advancer: Kill | undefined): RollupContext {
    const kill = advancer ?? UNHARMED;
    let calls = 0;
    let isDead = false;
    const killable = <Args extends unknown[], Result>(
      call: (...args: Args) => Promise<Result>,
      isPut = false,
    ) => {
      return async (...args: Args): Promise<Result> => {
        if (isDead) throw new Killed();
        if (advancer) await this.#landDue();
        const isCounted = isPut || !kill.puts;
        const isNow = kill.how !== 'never' && isCounted && calls === kill.call;
        if (isCounted) calls += 1;
        isDead = isNow;
        if (isNow && kill.how === 'before') throw new Killed();
        if (isNow && kill.how === 'late') {
          this.#late.push({ call: () => call(...args), dueAt: this.#calls + kill.landsAfterCalls });
          throw new Killed();
        }
        const result = await call(...args);
        if (isNow) throw new Killed();
        return result;
      };
    };
    return {
      events: { ...store, arrivals: killable((query: ArrivalsQuery) => this.#arrivals(query)) },
      rollups: {
        now: () => this.now,
        rollups: killable((range: RollupRange, options: RollupOptions = {}) =>
          this.#rollups(store, range, options),
        ),
        newest: killable(store.newest),
        putRollup: killable((state: RollupState) => this.#put(store, state), true),
        markDay: killable(store.markDay),
        markedDays: killable(store.markedDays),
        clearMark: killable(store.clearMark),
        putColumns: killable(store.putColumns, true),
        putSegmentPart: killable(store.putSegmentPart),
        segmentParts: killable(store.segmentParts),
        listSegmentParts: killable(store.listSegmentParts),
        deleteSegmentParts: killable(store.deleteSegmentParts),
      },
      hash: (id) => createHash('sha256').update(id).digest().readBigUInt64BE(),
      countBots: false,
      settleMs: SETTLE_MS,
      // Hours of few batches are put as often here as those of many are elsewhere.
      steps: { stepBatches: 3, longTailBatches: 2, readTailBatches: 2 },
      onDifference: ({ counters }) => this.differences.push(counters),
    };
  }

  /** Reads that need not be consistent do not show what was put just now, every other time. */
  async #rollups(store: Store, range: RollupRange, options: RollupOptions) {
    const page = await store.rollups(range, options);
    this.#reads += 1;
    const isStale = !options.consistent && options.limit === undefined && this.#reads % 2 === 0;
    if (!isStale) return page;
    return { ...page, states: page.states.filter((state) => !this.#wasPut(state, this.now - STALE_MS)) };
  }

  /** Whether that state was put after a time. */
  #wasPut(state: RollupState, after: number): boolean {
    return (this.#putAt.get(nameOf(state)) ?? 0) > after;
  }

  #put(store: Store, state: RollupState): Promise<boolean> {
    this.#putAt.set(nameOf(state), this.now);
    return store.putRollup(state);
  }

  /** The index, which shows a write some time after it was done. */
  async #arrivals(query: ArrivalsQuery): Promise<ArrivalsPage> {
    const page = await this.store.arrivals(query);
    const isVisible = ({ batch }: { batch: string }) => (this.#visibleAt.get(batch) ?? 0) <= this.now;
    return { ...page, batches: page.batches.filter(isVisible) };
  }

  async #send(step: Extract<Step, { kind: 'send' }>): Promise<void> {
    // Stamped, then on the way for a while, then in the table, then in the index: all within the settling time.
    const at = Math.max(this.start, this.now - step.delayMs);
    const batch = this.#batch(step.session, step.shape, at, step.bot);
    this.#visibleAt.set(batch.batch, at + step.delayMs + step.lagMs);
    await this.#append(batch, at);
    if (step.again) await this.store.append({ ...batch, received_at: this.now });
  }

  async #import({ session, hoursAgo }: Extract<Step, { kind: 'import' }>): Promise<void> {
    const at = Math.max(this.start, this.now - hoursAgo * 60 * MINUTE_MS);
    const mark = { day: new Date(at).toISOString().slice(0, 10), cause: 'import' as const };
    await this.store.markDay(this.site.id, { ...mark, marked_at: this.now });
    await this.#append(this.#batch(session, 7, at, false), at);
    await this.store.markDay(this.site.id, { ...mark, marked_at: this.now });
    this.pendingImport = true;
  }

  async #append(batch: NewBatch, at: number): Promise<void> {
    const outcome = await this.store.append(batch);
    if (outcome.kind !== 'stored') throw new Error(outcome.kind);
    this.arrived.push({ at, batch });
  }

  #batch(session: number, shape: number, at: number, bot: boolean): NewBatch {
    const count = 1 + (shape % 4);
    const before = this.#events;
    const events = Array.from({ length: count }, (_, index) => this.#event(shape + index));
    // Ids are the sender's: another session, or another batch of this one, may have the same.
    if (shape % 3 === 0 && before > 0)
      events[0] = { ...events[0], event_id: `e${1 + (shape % before)}` } as StoredEvent;
    return {
      site: this.site.id,
      session_id: `session-${session}`,
      visitor_id: `visitor-${session % 9}`,
      batch: `b${before}`,
      ...(shape % 3 === 0 ? {} : { source: `source-${shape % 3}` }),
      ...(bot ? { bot: true as const } : {}),
      events,
      received_at: at,
      retention_days: 30,
      shardAt: () => session % this.site.shards,
    };
  }

  #event(shape: number): StoredEvent {
    this.#events += 1;
    const common = {
      event_id: `e${this.#events}`,
      timestamp: this.now,
      gap_ms: (shape * 37) % 1_000,
      page_url: `https://shop.example${PAGES[shape % PAGES.length]}?q=${shape}`,
    };
    switch (shape % 5) {
      case 0:
        return { ...common, event_type: 'click', element_id: 'buy' };
      case 1:
        return {
          ...common,
          event_type: 'conversion',
          conversion_type: 'purchase',
          value: 0.1,
          currency: 'EUR',
          nth: 1 + (shape % 2),
        };
      case 2:
        return { ...common, event_type: 'page_exit', engaged_ms: shape, delayed: true };
      default:
        return {
          ...common,
          event_type: 'page_view',
          view: 1 + (shape % 3),
          from_page: PAGES[shape % 2] ?? '/',
          first_on_page: true,
        };
    }
  }

  async #noteImports(): Promise<void> {
    if (!this.pendingImport) return;
    this.pendingImport = (await this.store.markedDays(this.site.id, 'import')).length > 0;
    this.importedAt = this.now;
  }
}

const nameOf = ({ shard, kind, start }: RollupState) => `${shard} ${kind} ${start}`;

async function arrive(call: () => Promise<unknown>): Promise<void> {
  try {
    await call();
  } catch (error) {
    // Late, and lost all the same.
    if (!isUnavailable(error)) throw error;
  }
}

const isUnavailable = (error: unknown): boolean =>
  error instanceof Error && error.name === 'StoreUnavailableError';

class Killed extends Error {}
