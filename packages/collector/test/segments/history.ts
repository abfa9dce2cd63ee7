/**
 * A site in simulated time on a real store: rounds of this version and of one without columns, imports and erasures. The
 * index lags, deletions too; rounds and erasures are killed between any two calls, and what they put lands late. Each item
 * has a page of its own, so that a chunk says which items are in it.
 */
import { createHash } from 'node:crypto';
import type { ChunkSet } from '../../src/columns/chunk-source.js';
import { storedChunks } from '../../src/query/stored-chunks.js';
import { eraseUser, eraseVisitor } from '../../src/raw-data/erase.js';
import type { ColumnsContext, RollupContext, RollupSite } from '../../src/rollup/rollup-context.js';
import { rollUpSite } from '../../src/rollup/rollup-round.js';
import { SETTLE_MS } from '../../src/rollup/settle-time.js';
import { createSegmentCache } from '../../src/segments/segment-cache.js';
import type { ResolvedSite } from '../../src/sites/site-registry.js';
import { createSites } from '../../src/sites/site-registry.js';
import type { NewBatch, Store } from '../../src/storage/event-store.js';
import { getCalendar } from '../../src/time/calendar.js';
import { DAY_MS, HOUR_MS, utcDay } from '../../src/time/ms.js';
import { createRandom, type Random } from '../tail/random.js';

const SECOND = 1_000;
const SHARDS = 2;

export interface Item {
  id: number;
  batch: NewBatch;
  at: number;
  visibleAt: number;
  isImport: boolean;
  /** When it was deleted from the log. */
  erasedAt?: number;
}

class Killed extends Error {}

type Call = (...args: never[]) => Promise<unknown>;

export class History {
  now: number;
  readonly items: Item[] = [];
  readonly random: Random;
  readonly site: RollupSite;
  readonly failures: unknown[] = [];
  readonly #resolved: ResolvedSite;
  #columns = createColumns();
  readonly #cache = createSegmentCache(1e6);
  /** Users and visitors whose erasure was asked for, and when. */
  readonly #asked: { id: string; at: number }[] = [];
  #late: (() => Promise<unknown>)[] = [];
  #deletions: { at: number; run: () => Promise<unknown> }[] = [];

  constructor(
    readonly store: Store,
    seed: number,
    start: string,
    zone: string,
  ) {
    this.now = Date.parse(start);
    this.random = createRandom(seed);
    const id = `site-${seed}`;
    const [resolved] = createSites({ sites: [{ id, timezone: zone, shards: SHARDS }] }).all;
    if (!resolved) throw new Error('there is a site');
    this.#resolved = resolved;
    const columns = { days: 400, detailDays: 30 };
    this.site = { id, calendar: getCalendar(zone), retentionDays: 30, shards: SHARDS, columns };
  }

  /** The store as a process has it that may be killed at a call. */
  #open(killedAt: number): Store {
    const { store, random } = this;
    let calls = 0;
    const wrap = (name: string, call: Call): Call => {
      return async (...args) => {
        calls += 1;
        if (calls === killedAt) {
          const isPut = name === 'putRollup' || name === 'putColumns';
          const how = random.int(isPut ? 3 : 2);
          if (how === 1) await call(...args);
          if (how === 2) this.#late.push(() => call(...args));
          throw new Killed();
        }
        if (calls > killedAt) throw new Killed();
        return call(...args);
      };
    };
    const own: Partial<Record<string, Call>> = {
      arrivals: async (query: Parameters<Store['arrivals']>[0]) => {
        const page = await store.arrivals(query);
        const isVisible = ({ batch }: { batch: string }) =>
          (this.items[Number(batch.slice(1))]?.visibleAt ?? 0) <= this.now;
        return { ...page, batches: page.batches.filter(isVisible) };
      },
      // Rounds read the index, which shows what was deleted for a while.
      deleteBatches: async (...args: Parameters<Store['deleteBatches']>) => {
        for (const batch of args[2]) {
          const item = this.items[Number(batch.slice(1))];
          if (item) item.erasedAt ??= this.now;
        }
        this.#deletions.push({
          at: this.now + random.int(60) * SECOND,
          run: () => store.deleteBatches(...args),
        });
      },
    };
    const entries = Object.entries(store).map(([name, call]) => [
      name,
      name === 'now' ? () => this.now : wrap(name, (own[name] ?? call) as Call),
    ]);
    return Object.fromEntries(entries) as Store;
  }

  #context(killedAt: number, isOld: boolean): RollupContext {
    const store = this.#open(killedAt);
    return {
      events: store,
      rollups: store,
      hash,
      countBots: false,
      settleMs: SETTLE_MS,
      steps: { stepBatches: 4, longTailBatches: 3, readTailBatches: 3 },
      onDifference: () => {},
      onFailure: ({ error }) => {
        if (error instanceof Killed) throw error;
        this.failures.push(error);
      },
      ...(isOld ? {} : { columns: this.#columns }),
    };
  }

  /** What a question that nothing happens to reads of all its groups. */
  async read(from: number, to: number): Promise<ChunkSet> {
    const context = this.#context(Number.POSITIVE_INFINITY, false);
    const source = storedChunks(context, { cache: this.#cache, maxBytes: 64e6 });
    return source(this.#resolved, { from, to }, () => ['event'], { traffic: 'all' });
  }

  async tick(ms: number): Promise<void> {
    this.now += ms;
    const due = this.#deletions.filter(({ at }) => at <= this.now);
    this.#deletions = this.#deletions.filter(({ at }) => at > this.now);
    for (const { run } of due) await run();
  }

  async send(): Promise<void> {
    const at = this.now - this.random.int(60) * SECOND;
    await this.#append(at, false, this.now + this.random.int(50) * SECOND);
  }

  async importSome(): Promise<void> {
    const at = this.now - this.random.int(60) * HOUR_MS - SETTLE_MS;
    const mark = { day: utcDay(at), cause: 'import' as const };
    await this.store.markDay(this.site.id, { ...mark, marked_at: this.now });
    await this.#append(at, true, this.now + this.random.int(10) * SECOND);
    await this.store.markDay(this.site.id, { ...mark, marked_at: this.now });
  }

  async #append(at: number, isImport: boolean, visibleAt: number): Promise<void> {
    const { int, maybe } = this.random;
    const id = this.items.length;
    const session = int(7);
    const page_url = `https://shop.example/i${id}`;
    // Bots' events are stored apart, and nothing else is different about them.
    const isBot = session === 6;
    const view = { event_type: 'page_view', page_url, gap_ms: id, view: 1 + (id % 2) };
    const batch = {
      ...{ site: this.site.id, session_id: `s${session}`, visitor_id: `v${session % 4}`, batch: `b${id}` },
      ...(isBot ? { bot: true } : {}),
      ...(maybe(0.5) ? { user_id: `u${int(3)}` } : {}),
      events: [{ event_id: `e${id}`, timestamp: at, props: { id: `p${id}` }, ...view }],
      ...{ received_at: at, retention_days: 30, shardAt: () => session % SHARDS },
    } as unknown as NewBatch;
    await this.store.append(batch);
    this.items.push({ id, batch, at, visibleAt, isImport });
  }

  /** Of a user or of a visitor; maybe killed, and then asked for again. */
  async erase(mayBeKilled: boolean): Promise<void> {
    const { int, maybe } = this.random;
    const store = this.#open(mayBeKilled && maybe(0.5) ? 1 + int(30) : Number.POSITIVE_INFINITY);
    const parts = { store, forget: this.#cache.forget, stored: { columns: this.#columns, hash } };
    const options = { withinMs: 60_000 };
    const isUser = maybe(0.6);
    const id = isUser ? `u${int(3)}` : `v${int(4)}`;
    this.#asked.push({ id, at: this.now });
    await this.#unlessKilled(() => (isUser ? eraseUser : eraseVisitor)(parts, this.#resolved, id, options));
  }

  /**
   * Whether it is of somebody whose erasure was begun: one that was killed may have marked it and not deleted it yet, and
   * what is imported of them later meets the mark.
   */
  mayBeErased({ at, batch: { visitor_id, user_id, session_id } }: Item): boolean {
    const users = this.items.flatMap(({ batch }) =>
      batch.session_id === session_id && batch.user_id !== undefined ? batch.user_id : [],
    );
    const owners = [visitor_id, ...(user_id === undefined ? users : [user_id])];
    return this.#asked.some((asked) => at <= asked.at && owners.includes(asked.id));
  }

  async roll(mayBeKilled = true): Promise<void> {
    const { int, maybe } = this.random;
    if (maybe(0.2)) this.#columns = createColumns();
    const isOld = mayBeKilled && maybe(0.2);
    const killedAt = mayBeKilled && maybe(0.5) ? 1 + int(60) : Number.POSITIVE_INFINITY;
    await this.#unlessKilled(() => rollUpSite(this.#context(killedAt, isOld), this.site));
    if (maybe(0.3)) await this.land();
  }

  async land(): Promise<void> {
    for (const put of this.#late.splice(0)) await put();
  }

  async #unlessKilled(run: () => Promise<unknown>): Promise<void> {
    try {
      await run();
    } catch (error) {
      if (!(error instanceof Killed)) throw error;
    }
  }

  /** Until everything has settled. */
  async rest(): Promise<void> {
    await this.land();
    this.now = Math.ceil(this.now / DAY_MS) * DAY_MS + 30 * HOUR_MS;
    await this.tick(0);
    // A day a round is given columns.
    for (let rounds = 0; rounds < 9; rounds += 1) {
      this.#columns.surveyed.clear();
      await this.roll(false);
      await this.tick(HOUR_MS + SETTLE_MS);
    }
  }
}

const hash = (id: string) => createHash('sha256').update(id).digest().readBigUInt64BE();

const createColumns = (): ColumnsContext => ({
  pace: async () => {},
  surveyed: new Set(),
  // So few that days have several pieces and slices.
  pieceEvents: 5,
  sliceEvents: 3,
});
