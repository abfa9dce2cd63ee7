/**
 * A site in simulated time on a real store: two processes that answer, rollers of this version and of one before whole minutes,
 * senders, imports and erasures. The index lags, by two replicas that disagree; clocks differ and jump; reads fail, and some are
 * slow; rollers and processes are killed between calls; backups take the place of the tables. Each item has a page of its own, so
 * that the rows of a response say which items are in it.
 */
import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { createEraser } from '../../src/raw-data/eraser.js';
import { advanceHours } from '../../src/rollup/advance-hours.js';
import { numberedEvents } from '../../src/rollup/numbered-events.js';
import type { RollupContext, RollupSite } from '../../src/rollup/rollup-context.js';
import { rollUpSite } from '../../src/rollup/rollup-round.js';
import { SETTLE_MS } from '../../src/rollup/settle-time.js';
import { createSites, type ResolvedSite } from '../../src/sites/site-registry.js';
import { type NewBatch, type Store, StoreUnavailableError } from '../../src/storage/event-store.js';
import { createTails, type Tails } from '../../src/tail/tails.js';
import { getCalendar } from '../../src/time/calendar.js';
import { DAY_MS, utcDay } from '../../src/time/ms.js';
import { createRandom, type Random } from './random.js';
import type { BackedUpSite, TableBackup } from './table-backup.js';

const SECOND = 1_000;
/** Of a working day, at the end of an hour, and around midnight. */
const STARTS = ['2026-03-02T10:20:00Z', '2026-03-02T10:55:00Z', '2026-03-02T23:50:00Z'];
const SESSIONS = 5;
/** Turns of the event loop that a slow call waits for, at most: as long as some other calls take. */
const MAX_WAITED_TURNS = 40;
/** What passes by a process's own clock meanwhile, at most: reads become too old to be shared, or take all the time they have. */
const MAX_WAITED_MS = 3_000;

export interface Item {
  id: number;
  batch: NewBatch;
  /** When it arrived, by its stamp. */
  at: number;
  /** From when on each replica of the index shows it. */
  visibleAt: [number, number];
  kind: 'live' | 'too late' | 'import' | 'lost';
  erasedAt?: number | undefined;
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
  readonly resolved: ResolvedSite;
  /** How far clocks are off. */
  readonly clockErrorMs: number;
  /** Whether the tables are away. */
  isDown = false;
  /** What has passed in slow calls by the processes' own clocks (`performance.now`). */
  waitedMs = 0;
  readonly #fails: number;
  /** How many of the calls are slow. */
  readonly #slow: number;
  #batches = 0;
  #erasing: { finish(): Promise<unknown>; at: number }[] = [];
  #untold: { tell(): void; at: number }[] = [];
  #backup: { items: number; erased: Set<Item>; tables: TableBackup } | undefined;

  constructor(
    readonly store: Store,
    /** Takes a copy of what is stored of a site. */
    readonly backUpSite: (site: BackedUpSite) => Promise<TableBackup>,
    seed: number,
  ) {
    this.now = Date.parse(STARTS[seed % STARTS.length] ?? '');
    this.random = createRandom(seed);
    const { maybe } = this.random;
    this.clockErrorMs = (maybe(0.5) ? 0 : maybe(0.5) ? 8 : 25) * SECOND;
    this.#fails = maybe(0.3) ? 0.05 : 0;
    this.#slow = maybe(0.5) ? 0.2 : 0;
    const id = `site-${seed}`;
    this.site = { id, calendar: getCalendar('UTC'), retentionDays: 3, shards: 2 };
    const [resolved] = createSites({ sites: [{ id, retentionDays: 3, shards: 2 }] }).all;
    if (!resolved) throw new Error('there is a site');
    this.resolved = resolved;
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
        if (this.random.maybe(this.#slow)) await this.#wait();
        if (this.isDown || this.random.maybe(fails)) throw new StoreUnavailableError('failed');
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
        putColumns: call(store.putColumns),
        putSegmentPart: call(store.putSegmentPart),
        segmentParts: call(store.segmentParts),
        listSegmentParts: call(store.listSegmentParts),
        deleteSegmentParts: call(store.deleteSegmentParts),
      },
      hash: (id) => createHash('sha256').update(id).digest().readBigUInt64BE(),
      countBots: false,
      settleMs: SETTLE_MS,
      steps: { stepBatches: 6, longTailBatches: 3, readTailBatches: 3 },
      onDifference: () => {},
    };
  }

  async #wait(): Promise<void> {
    this.waitedMs += this.random.int(MAX_WAITED_MS);
    for (let left = this.random.int(MAX_WAITED_TURNS); left > 0; left -= 1) await setImmediate();
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
    await this.#append(item);
    if (maybe(0.4)) return;
    const process = this.processes[int(2)];
    const { shardAt, retention_days: _, ...batch } = item.batch;
    const tell = () =>
      process?.tails.announce(this.site.id, () => ({ ...batch, received_at: at }), {
        shard: shardAt(at),
        chars: JSON.stringify(batch).length,
      });
    // Some are told late: the index has shown them by then, and more.
    if (maybe(0.1)) this.#untold.push({ tell, at: this.now + int(400) * SECOND });
    else tell();
  }

  async #append(item: Item): Promise<void> {
    const { kind } = await this.store.append(item.batch);
    if (kind !== 'stored') throw new Error(`the database of the test has not stored an item: ${kind}`);
    this.items.push(item);
  }

  #item(at: number, kind: Item['kind'], lagSeconds: number): Item {
    const { int, maybe } = this.random;
    const id = this.items.length;
    const session = int(SESSIONS);
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
    await this.#append(item);
    await this.store.markDay(this.site.id, { ...mark, marked_at: this.now });
  }

  /** Deletes an item, in an erasure that goes on for a while. */
  async erase(): Promise<void> {
    const item = this.items[this.random.int(this.items.length)];
    if (!item || item.erasedAt !== undefined || item.kind === 'import') return;
    const eraser = createEraser({ ...this.store, now: () => this.now }, this.site, {
      forget: () => {},
    });
    const { session_id, batch } = item.batch;
    await eraser.erase(session_id, [{ batch, received_at: item.at, events: 1 }]);
    item.erasedAt = this.now;
    this.#erasing.push({ finish: () => eraser.finish(), at: this.now + this.random.int(100) * SECOND });
  }

  async backUp(): Promise<void> {
    const { id, shards } = this.site;
    const sessions = Array.from({ length: SESSIONS }, (_, session) => `s${session}`);
    const tables = await this.backUpSite({ id, shards, sessions });
    const erased = new Set(this.items.filter(({ erasedAt }) => erasedAt !== undefined));
    this.#backup = { items: this.items.length, erased, tables };
  }

  get hasBackup(): boolean {
    return this.#backup !== undefined;
  }

  /** Sets the tables back: what was written since is gone, and what was erased since is there again. */
  async restore(): Promise<void> {
    if (!this.#backup) return;
    const { items, erased, tables } = this.#backup;
    await tables.restore();
    this.#backup = undefined;
    for (const item of this.items) {
      if (item.id >= items) item.kind = 'lost';
      else if (!erased.has(item)) item.erasedAt = undefined;
    }
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
