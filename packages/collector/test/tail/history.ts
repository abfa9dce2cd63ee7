/**
 * A site in simulated time on a real store: two processes that answer, rollers of this version and of one before whole minutes,
 * senders, imports and erasures. The index lags, by two replicas that disagree; clocks differ and jump; reads fail; rollers and
 * processes are killed between calls. Each item has a page of its own, so that the rows of a response say which items are in it.
 */
import { createHash } from 'node:crypto';
import { createEraser } from '../../src/raw-data/eraser.js';
import { advanceHours } from '../../src/rollup/advance-hours.js';
import { numberedEvents } from '../../src/rollup/numbered-events.js';
import type { RollupContext, RollupSite } from '../../src/rollup/rollup-context.js';
import { rollUpSite } from '../../src/rollup/rollup-round.js';
import { SETTLE_MS } from '../../src/rollup/settle-time.js';
import { type NewBatch, type Store, StoreUnavailableError } from '../../src/storage/event-store.js';
import { createTails, type Tails } from '../../src/tail/tails.js';
import { getCalendar } from '../../src/time/calendar.js';
import { DAY_MS, utcDay } from '../../src/time/ms.js';
import { createRandom, type Random } from './random.js';

const SECOND = 1_000;

export interface Item {
  id: number;
  batch: NewBatch;
  /** When it arrived, by its stamp. */
  at: number;
  /** From when on each replica of the index shows it. */
  visibleAt: [number, number];
  kind: 'live' | 'too late' | 'import';
  erasedAt?: number;
}

interface Process {
  clockOffset: number;
  context: RollupContext;
  tails: Tails;
}

class Killed extends Error {}

export class History {
  now: number;
  readonly items: Item[] = [];
  readonly processes: Process[];
  readonly random: Random;
  readonly site: RollupSite;
  /** How far clocks are off. */
  readonly clockErrorMs: number;
  readonly #fails: number;
  #batches = 0;
  #erasing: { finish(): Promise<unknown>; at: number }[] = [];
  #untold: { tell(): void; at: number }[] = [];

  constructor(
    readonly store: Store,
    seed: number,
    start: string,
  ) {
    this.now = Date.parse(start);
    this.random = createRandom(seed);
    const { maybe } = this.random;
    this.clockErrorMs = (maybe(0.5) ? 0 : maybe(0.5) ? 8 : 25) * SECOND;
    this.#fails = maybe(0.3) ? 0.05 : 0;
    this.site = { id: `site-${seed}`, calendar: getCalendar('UTC'), retentionDays: 3, shards: 2 };
    this.processes = [this.#startProcess(), this.#startProcess()];
  }

  #startProcess(): Process {
    const { maybe, int } = this.random;
    const process: { clockOffset: number } = { clockOffset: 0 };
    const context = this.#context(() => this.now + process.clockOffset, this.#fails);
    const events = numberedEvents(context.events, context.rollups.now);
    const maxBatches = maybe(0.5) ? 5_000 : 4 + int(12);
    const tails = createTails({
      context: { ...context, events },
      numberBatches: events.number,
      readsOn: false,
      limits: { maxBatches, maxBytes: 16_000_000, maxMs: 10_000 },
    });
    return Object.assign(process, { context: { ...context, events }, tails });
  }

  /** @param killedAt the call at which it is killed, before it is made */
  #context(now: () => number, fails: number, killedAt = Number.POSITIVE_INFINITY): RollupContext {
    let calls = 0;
    const call = <Args extends unknown[], Result>(run: (...args: Args) => Promise<Result>) => {
      return async (...args: Args): Promise<Result> => {
        calls += 1;
        if (calls > killedAt) throw new Killed();
        if (this.random.maybe(fails)) throw new StoreUnavailableError('failed');
        return run(...args);
      };
    };
    const { store } = this;
    return {
      events: {
        ...store,
        arrivals: call(async (query) => {
          const replica = this.random.int(2) as 0 | 1;
          const page = await store.arrivals({ ...query, limit: Math.min(query.limit, 5) });
          const isVisible = ({ batch }: { batch: string }) =>
            (this.items[Number(batch.slice(1))]?.visibleAt[replica] ?? 0) <= this.now;
          return { ...page, batches: page.batches.filter(isVisible) };
        }),
      },
      rollups: {
        now,
        rollups: call(store.rollups),
        newest: call(store.newest),
        putRollup: call(store.putRollup),
        markDay: call(store.markDay),
        markedDays: call(store.markedDays),
        clearMark: call(store.clearMark),
      },
      hash: (id) => createHash('sha256').update(id).digest().readBigUInt64BE(),
      countBots: false,
      settleMs: SETTLE_MS,
      steps: { stepBatches: 6, longTailBatches: 3, readTailBatches: 3 },
      onDifference: () => {},
    };
  }

  async tick(ms: number): Promise<void> {
    this.now += ms;
    const [due, later] = [
      this.#untold.filter(({ at }) => at <= this.now),
      this.#untold.filter(({ at }) => at > this.now),
    ];
    this.#untold = later;
    for (const { tell } of due) tell();
    const erasures = this.#erasing.filter(({ at }) => at <= this.now);
    this.#erasing = this.#erasing.filter(({ at }) => at > this.now);
    for (const { finish } of erasures) await finish();
  }

  /** Writes a batch: stamped some time ago, it lands now, and the index shows it later. */
  async send(): Promise<void> {
    const { int, maybe } = this.random;
    const error = this.clockErrorMs / SECOND;
    const [isLate, isTooLate] = [maybe(0.1), maybe(0.01)];
    const landing = isLate ? int(120 - 25 - 12) : int(2);
    const skew = error ? int(2 * error - 1) - error + 1 : 0;
    // Lateness and error of the clock together are within the settling time.
    const at =
      this.now +
      (landing > 2 ? -Math.min(landing, 70) : skew) * SECOND -
      (isTooLate ? 200 + int(200) : 0) * SECOND +
      int(SECOND);
    const lag = maybe(0.1) ? 12 : 2;
    const item = this.#item(at, isTooLate ? 'too late' : 'live', lag);
    await this.store.append(item.batch);
    this.items.push(item);
    if (maybe(0.4)) return;
    const process = this.processes[int(2)];
    const { shardAt, retention_days: _, ...batch } = item.batch;
    const tell = () =>
      process?.tails.announce(this.site.id, shardAt(at), () => ({ ...batch, received_at: at }));
    // Some are told late: the index has shown them by then, and more.
    if (maybe(0.1)) this.#untold.push({ tell, at: this.now + int(400) * SECOND });
    else tell();
  }

  #item(at: number, kind: Item['kind'], lagSeconds: number): Item {
    const { int, maybe } = this.random;
    const id = this.items.length;
    const session = int(5);
    this.#batches += 1;
    const view = {
      event_type: 'page_view',
      page_url: `https://shop.example/i${id}`,
      gap_ms: id,
      view: 1 + (id % 2),
    };
    const events = [{ event_id: maybe(0.1) ? 'same' : `e${id}`, timestamp: at, ...view }];
    const batch = {
      ...{ site: this.site.id, session_id: `s${session}`, visitor_id: `v${session % 3}`, batch: `b${id}` },
      ...(maybe(0.3) ? { source: `source-${session}` } : {}),
      ...{ events, received_at: at, retention_days: 30, shardAt: () => session % 2 },
    } as NewBatch;
    const visible = (): number => this.now + int(lagSeconds * SECOND);
    return { id, batch, at, visibleAt: [visible(), visible()], kind };
  }

  async importSome(): Promise<void> {
    const { int, maybe } = this.random;
    const at = this.now - int(maybe(0.6) ? 300 : 9_000) * SECOND;
    const mark = { day: utcDay(at), cause: 'import' as const };
    await this.store.markDay(this.site.id, { ...mark, marked_at: this.now });
    const item = this.#item(at, 'import', 2);
    await this.store.append(item.batch);
    this.items.push(item);
    await this.store.markDay(this.site.id, { ...mark, marked_at: this.now });
  }

  /** Deletes an item, in an erasure that goes on for a while. */
  async erase(): Promise<void> {
    const item = this.items[this.random.int(this.items.length)];
    if (!item || item.erasedAt !== undefined || item.kind === 'import') return;
    const eraser = createEraser({ ...this.store, now: () => this.now }, this.site.id, () => {});
    const { session_id, batch } = item.batch;
    await eraser.erase(session_id, [{ batch, received_at: item.at, events: 1 }]);
    item.erasedAt = this.now;
    this.#erasing.push({ finish: () => eraser.finish(), at: this.now + this.random.int(100) * SECOND });
  }

  /** A round of this version or of an older one, maybe killed between two calls. */
  async roll(): Promise<void> {
    const { int, maybe } = this.random;
    const clock = this.now + (this.clockErrorMs ? int(2 * this.clockErrorMs) - this.clockErrorMs : 0);
    const context = this.#context(() => clock, 0, maybe(0.3) ? int(12) : undefined);
    try {
      if (maybe(0.25)) {
        for (const shard of [0, 1]) await advanceHours(context, this.site, shard, clock - SETTLE_MS);
      } else await rollUpSite(context, this.site);
    } catch (error) {
      if (!(error instanceof Killed)) throw error;
    }
  }

  jumpClock(): void {
    const process = this.processes[this.random.int(2)];
    if (process && this.clockErrorMs > 0)
      process.clockOffset = this.random.int(2 * this.clockErrorMs) - this.clockErrorMs;
  }

  /** A process is killed, another begins in its place. */
  restart(): void {
    const index = this.random.int(2);
    this.processes[index] = this.#startProcess();
  }

  /** Days on which an import waits to be folded in. */
  async pendingDays(): Promise<Set<string>> {
    const marks = await this.store.markedDays(this.site.id, 'import');
    return new Set(marks.map(({ day }) => day));
  }

  get from(): number {
    return Math.floor(this.now / DAY_MS) * DAY_MS - DAY_MS;
  }
}
