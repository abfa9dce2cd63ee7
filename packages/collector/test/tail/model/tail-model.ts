/** The tail of one process, as `src/tail` keeps it: items stand for numbers. */
import {
  BUCKET,
  DAY,
  floorTo,
  type LogItem,
  type LogModel,
  type Mark,
  SETTLE,
  type Steps,
  type StoredHour,
} from './log-model.js';
import { AGES, type CursorRange, rangesToRead } from './ranges.js';
import type { Rule } from './rules.js';

export const REBUILD = 30;
const MAX_PAUSE = 300;
/** So old may be what is announced. */
const ANNOUNCED = 60;

interface Aggregate {
  begin: number;
  bornAt: number;
  base: StoredHour | undefined;
  cursors: number[];
  names: Map<string, number>;
  /** Aggregates: they can be added to, and dropped entirely, nothing else. */
  buckets: Map<number, number[]>;
  retained: number[];
  retainedFrom: number;
  asOf: number;
  /** When its stored hour was read, and which days waited for an import then. */
  readAt: number;
  /** When a page was read last. */
  pageAt: number;
  pending: Set<number>;
}

/** What a response takes. */
export interface Cut {
  base: StoredHour | undefined;
  begin: number;
  asOf: number;
  tail: number[];
  retained: number[];
  retainedFrom: number;
  /** When the state was read, and which days waited for an import then. */
  readAt: number;
  pending: Set<number>;
  endedAt: number;
}

interface ShardModel {
  current?: Aggregate | undefined;
  next?: Aggregate | undefined;
  running?: { isFailed: boolean } | undefined;
  endedAt: number;
}

export class TailModel {
  clockOffset = 0;
  readonly shards: ShardModel[] = [0, 1].map(() => ({ endedAt: 0 }));

  constructor(
    readonly log: LogModel,
    readonly on: (rule: Rule) => boolean,
    readonly maxItems: number,
  ) {}

  clock(): number {
    return this.log.now + this.clockOffset;
  }

  drop(shard: number): void {
    const own = this.shards[shard];
    if (own && !own.running) [own.current, own.next] = [undefined, undefined];
  }

  announce(item: LogItem): void {
    // What is announced long after it was stored may be erased by now; the index shows what is not.
    if (this.on('guard') && item.at < this.clock() - ANNOUNCED) return;
    const own = this.shards[item.shard];
    for (const aggregate of [own?.current, own?.next]) {
      if (!aggregate || (this.on('guard') && item.at < (aggregate.cursors[3] ?? 0))) continue;
      this.#add(aggregate, item);
    }
  }

  cut(shard: number): Cut | undefined {
    const { current, next, endedAt } = this.shards[shard] ?? {};
    if (!current) return undefined;
    const { begin, asOf, retainedFrom, readAt, pending } = current;
    const { base } = this.on('standby') ? current : (next ?? current);
    const tail = [...current.buckets.values()].flat();
    const retained = [...current.retained];
    return {
      base,
      begin,
      asOf,
      tail,
      retained,
      retainedFrom,
      readAt,
      pending,
      endedAt: endedAt ?? 0,
    };
  }

  /** Brings a shard up to date, or joins who does. */
  *refresh(shard: number): Steps {
    const own = this.shards[shard];
    if (!own) return;
    const { running } = own;
    if (running) {
      while (own.running === running) yield;
      if (running.isFailed && this.on('shared')) throw new Error('failed');
      return;
    }
    const started = { isFailed: true };
    own.running = started;
    try {
      yield* this.#refresh(own, shard);
      started.isFailed = false;
    } finally {
      own.running = undefined;
    }
  }

  *#refresh(own: ShardModel, shard: number): Steps {
    const { log, on } = this;
    // In this order: the time, the marks, the newest state, the log.
    const readAt = this.clock();
    const startedAt = log.now;
    let marks: Mark[] = [];
    if (on('marksFirst')) {
      yield;
      marks = log.readMarks();
    }
    yield;
    const base = log.newest(shard);
    const pending = new Set(log.marks.filter(({ cause }) => cause === 'import').map(({ day }) => day));
    yield;
    if (!on('marksFirst')) {
      yield;
      marks = log.readMarks();
    }
    let aggregate = this.#prepare(own, base, marks, readAt);
    const through = base?.through ?? aggregate.begin;
    yield* this.#readOn(aggregate, shard, readAt);
    if (this.#isParted(aggregate, through)) {
      aggregate = this.#begin(own, base, through, readAt);
      yield* this.#readOn(aggregate, shard, readAt);
    } else this.#moveTo(aggregate, base, through);
    const knownUntil = (of: Aggregate) =>
      Math.min(...of.cursors.map((cursor, index) => cursor + (AGES[index] ?? 0)));
    aggregate.asOf = on('bound') && on('ownTime') ? knownUntil(aggregate) : readAt;
    if (aggregate === own.next && (!own.current || aggregate.asOf >= own.current.asOf))
      [own.current, own.next] = [aggregate, undefined];
    Object.assign(aggregate, { readAt: startedAt, pending });
    own.endedAt = log.now;
  }

  #prepare(own: ShardModel, base: StoredHour | undefined, marks: Mark[], readAt: number): Aggregate {
    const { on } = this;
    const toThrough = (aggregate?: Aggregate) =>
      base?.through ?? (aggregate && !aggregate.base ? aggregate.begin : 0);
    const isBehind = (aggregate: Aggregate) =>
      on('back') && (toThrough(aggregate) < aggregate.begin || isOlder(base, aggregate.base));
    const isParted = (aggregate: Aggregate) => this.#isParted(aggregate, toThrough(aggregate));
    const isOver = (aggregate: Aggregate) =>
      isBehind(aggregate) || (on('paused') && readAt - aggregate.pageAt > MAX_PAUSE);
    if (own.current && isOver(own.current)) own.current = undefined;
    if (own.next && (isOver(own.next) || isParted(own.next))) own.next = undefined;
    const aggregate = own.next ?? own.current;
    if (!aggregate || isParted(aggregate)) return this.#begin(own, base, toThrough(aggregate), readAt);
    if (this.#isOutdated(aggregate, marks, readAt)) return this.#begin(own, base, toThrough(), readAt);
    if ((aggregate.cursors[0] ?? 0) < toThrough(aggregate))
      this.#moveTo(aggregate, base, toThrough(aggregate));
    return aggregate;
  }

  #begin(own: ShardModel, base: StoredHour | undefined, through: number, readAt: number): Aggregate {
    own.next = {
      ...{ begin: through, bornAt: readAt, base, cursors: AGES.map(() => through), names: new Map() },
      ...{ buckets: new Map(), retained: [], retainedFrom: through, asOf: through },
      ...{ readAt: 0, pageAt: readAt, pending: new Set() },
    };
    return own.next;
  }

  #isParted({ begin, buckets }: Aggregate, through: number): boolean {
    if (!this.on('parted') || through <= begin) return false;
    return [...buckets.keys()].some((start) => start < through && through < floorTo(start, BUCKET) + BUCKET);
  }

  #isOutdated({ bornAt, retainedFrom }: Aggregate, marks: Mark[], readAt: number): boolean {
    if (!this.on('marks')) return false;
    const settle = this.on('settleMarks') ? SETTLE : 0;
    const isYoung = readAt - bornAt < REBUILD && this.on('settleMarks');
    return !isYoung && marks.some(({ day, at }) => (day + 1) * DAY > retainedFrom && bornAt < at + settle);
  }

  #moveTo(aggregate: Aggregate, base: StoredHour | undefined, through: number): void {
    aggregate.base = base;
    if (through <= aggregate.begin) return;
    const isComplete = (aggregate.cursors[3] ?? 0) >= through || !this.on('complete');
    aggregate.begin = through;
    for (const [start, ids] of aggregate.buckets) {
      if (start >= (this.on('parted') ? through : floorTo(through, BUCKET))) continue;
      aggregate.buckets.delete(start);
      aggregate.retained.push(...ids);
    }
    if (!isComplete) [aggregate.retained, aggregate.retainedFrom] = [[], through];
    aggregate.cursors = aggregate.cursors.map((cursor) => Math.max(cursor, through));
  }

  #add(aggregate: Aggregate, item: LogItem): boolean {
    if (item.at < aggregate.begin) return false;
    const byItem = this.on('session') ? `${item.session}/${item.name}` : item.name;
    const name = this.on('item') ? byItem : item.event;
    if (this.on('names') && aggregate.names.has(name)) return false;
    aggregate.names.set(name, item.at);
    const start = Math.max(aggregate.begin, floorTo(item.at, BUCKET));
    aggregate.buckets.set(start, [...(aggregate.buckets.get(start) ?? []), item.id]);
    return true;
  }

  /** Reads all ranges at once: any of them may go on next. */
  *#readOn(aggregate: Aggregate, shard: number, readAt: number): Steps {
    const { on, log } = this;
    const progress = { readAt, added: 0, top: 0 };
    if (!on('prune')) {
      for (const [name, at] of aggregate.names) if (at < readAt - SETTLE) aggregate.names.delete(name);
    }
    const reads = rangesToRead(aggregate, readAt, on).map((range) =>
      this.#readRange(aggregate, shard, range, progress),
    );
    let failure: unknown;
    while (reads.length > 0) {
      const index = log.random.int(reads.length);
      try {
        if (reads[index]?.next().done) reads.splice(index, 1);
      } catch (error) {
        failure = error;
        reads.splice(index, 1);
      }
      yield;
    }
    if (failure) throw failure;
  }

  *#readRange(
    aggregate: Aggregate,
    shard: number,
    range: CursorRange,
    progress: { readAt: number; added: number; top: number },
  ): Steps {
    const { on, log } = this;
    const { cursors, names } = aggregate;
    let done = range.from;
    let isRead = true;
    const move = (to: number) => {
      const { readAt, top } = progress;
      for (const index of range.cursors) {
        const time = Math.min(to, (on('ownTime') || !top ? readAt : top) - (AGES[index] ?? 0));
        cursors[index] = on('mono') ? Math.max(cursors[index] ?? 0, time) : time;
      }
      if (!on('prune')) return;
      for (const [name, at] of names) if (at < (cursors[3] ?? 0)) names.delete(name);
    };
    try {
      for (const page of log.pages(shard, range.from, range.to, false)) {
        if (page) aggregate.pageAt = progress.readAt;
        for (const item of page ?? []) {
          progress.top = Math.max(progress.top, item.at);
          if (this.#add(aggregate, item)) progress.added += 1;
          done = item.at;
        }
        yield;
        if (page && progress.added >= this.maxItems) {
          isRead = false;
          break;
        }
      }
    } catch (error) {
      move(on('ack') ? done : progress.readAt);
      throw error;
    }
    if (!on('startTime')) progress.readAt = this.clock();
    move(isRead ? range.to : done);
  }
}

/** Starts and versions only grow. */
const isOlder = (newest: StoredHour | undefined, known: StoredHour | undefined): boolean =>
  known !== undefined &&
  (!newest || newest.start < known.start || (newest.start === known.start && newest.version < known.version));
