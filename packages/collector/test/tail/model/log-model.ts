/** The log, its lagging index, stored hours and marks of one site with two shards, in seconds; and the rollers of both versions. */
import type { Random } from '../random.js';

export const [BUCKET, SETTLE, HOUR, DAY] = [15, 120, 600, 2_400];
const PAGE = 5;

export interface LogItem {
  id: number;
  session: number;
  name: string;
  event: string;
  /** Its stamp. */
  at: number;
  /** From when on either replica of the index shows it. */
  visibleAt: [number, number];
  goneAt: number;
  erasedAt: number;
  shard: number;
  kind: 'live' | 'late' | 'too late' | 'import' | 'lost';
}

export interface StoredHour {
  start: number;
  through: number;
  ids: number[];
  version: number;
}

export interface Mark {
  day: number;
  cause: 'import' | 'erase';
  at: number;
  /** When it was set before. */
  before?: number;
}

/** A process in the model: between two of its steps, anything may happen. */
export type Steps<Result = void> = Generator<undefined, Result>;

export const floorTo = (time: number, width: number): number => Math.floor(time / width) * width;

export class LogModel {
  now = 5_000;
  readonly items: LogItem[] = [];
  readonly hours = [new Map<number, StoredHour>(), new Map<number, StoredHour>()];
  readonly marks: Mark[] = [];
  /** Whether the tables are away: they are being restored. */
  isDown = false;
  #backup:
    | { items: number; erased: Set<LogItem>; hours: Map<number, StoredHour>[]; marks: Mark[] }
    | undefined;

  constructor(
    readonly random: Random,
    /** How far clocks are off. */
    readonly clockError: number,
    readonly settle: number,
    readonly failing: number,
  ) {}

  newest(shard: number): StoredHour | undefined {
    let newest: StoredHour | undefined;
    for (const hour of this.hours[shard]?.values() ?? [])
      if (!newest || hour.start > newest.start) newest = hour;
    return newest;
  }

  put(shard: number, before: StoredHour | undefined, hour: Omit<StoredHour, 'version'>): boolean {
    const hours = this.hours[shard];
    const version = before?.version ?? 0;
    if ((hours?.get(hour.start)?.version ?? 0) !== version) return false;
    hours?.set(hour.start, { ...hour, version: version + 1 });
    return true;
  }

  get hasBackup(): boolean {
    return this.#backup !== undefined;
  }

  backUp(): void {
    this.#backup = {
      ...{ items: this.items.length, erased: new Set(this.items.filter(({ erasedAt }) => erasedAt > 0)) },
      ...{ hours: this.hours.map((hours) => new Map(hours)), marks: this.marks.map((mark) => ({ ...mark })) },
    };
  }

  /** What was written since is gone, and what was erased since is back. */
  restore(): void {
    const backup = this.#backup;
    if (!backup) return;
    this.hours.forEach((hours, shard) => {
      hours.clear();
      for (const [start, hour] of backup.hours[shard] ?? []) hours.set(start, hour);
    });
    this.marks.splice(0, this.marks.length, ...backup.marks.map((mark) => ({ ...mark })));
    for (const item of this.items) {
      if (item.id >= backup.items) Object.assign(item, { kind: 'lost', goneAt: this.now });
      else if (item.kind !== 'lost' && !backup.erased.has(item))
        Object.assign(item, { goneAt: Number.POSITIVE_INFINITY, erasedAt: 0 });
    }
  }

  /** Marks as a read that need not be consistent shows them. */
  readMarks(): Mark[] {
    return this.marks.flatMap((mark) => {
      if (mark.at < this.now - 2 || this.random.maybe(0.7)) return [{ ...mark }];
      return mark.before === undefined ? [] : [{ ...mark, at: mark.before }];
    });
  }

  /** In order of stamp, a page at a time, each by one replica or the other. */
  *pages(shard: number, from: number, to: number, isRoller: boolean): Generator<LogItem[] | undefined> {
    let after = { at: from, id: -1 };
    for (;;) {
      yield undefined;
      if (this.isDown || (!isRoller && this.random.maybe(this.failing))) throw new Error('failed');
      const replica = this.random.int(2) as 0 | 1;
      const { now } = this;
      const found = this.items
        .filter(
          ({ shard: own, visibleAt, goneAt, at, id }) =>
            own === shard &&
            visibleAt[replica] <= now &&
            now < goneAt &&
            at < to &&
            (at > after.at || (at === after.at && id > after.id)),
        )
        .sort((a, b) => a.at - b.at || a.id - b.id);
      const page = found.slice(0, PAGE);
      yield page;
      const last = page.at(-1);
      if (!last || found.length <= PAGE) return;
      after = last;
    }
  }

  *#readAll(shard: number, from: number, to: number): Steps<number[]> {
    const ids: number[] = [];
    for (const page of this.pages(shard, from, to, true)) {
      for (const { id } of page ?? []) ids.push(id);
      yield;
    }
    return ids;
  }

  /** What a roller takes for settled; an older one does not round it. */
  settledBy(isOld: boolean): number {
    const { clockError: error, random, now } = this;
    const settled = now + (error ? random.int(2 * error + 1) - error : 0) - this.settle;
    return isOld ? settled : floorTo(settled, BUCKET);
  }

  *advance(shard: number, settled: number, longTail: number): Steps {
    for (let turn = 0; turn < 9; turn += 1) {
      let hour = this.newest(shard);
      yield;
      if (!hour || hour.through === hour.start + HOUR) {
        const from = hour ? hour.start + HOUR : 0;
        const first = this.items
          .filter(
            ({ shard: own, visibleAt, goneAt, at }) =>
              own === shard &&
              Math.max(...visibleAt) <= this.now &&
              goneAt > this.now &&
              at >= from &&
              at < settled,
          )
          .sort((a, b) => a.at - b.at)[0];
        if (!first) return;
        const start = floorTo(first.at, HOUR);
        hour = { start, through: start, ids: [], version: 0 };
      }
      const to = Math.min(hour.start + HOUR, settled);
      if (to <= hour.through) return;
      const read = yield* this.#readAll(shard, hour.through, to);
      if (to < hour.start + HOUR && read.length < longTail) return;
      this.put(shard, hour, { start: hour.start, through: to, ids: [...hour.ids, ...read] });
      yield;
    }
  }

  *round(isOld: boolean): Steps {
    const settled = this.settledBy(isOld);
    for (const shard of [0, 1]) yield* this.advance(shard, settled, 3);
    const due = this.marks.filter(({ cause, at }) => cause === 'import' && at <= settled);
    // One that is set again while the round goes on stays.
    for (const { mark, at } of due.map((mark) => ({ mark, at: mark.at }))) {
      for (const shard of [0, 1]) yield* this.#rebuildDay(shard, mark.day, settled);
      const index = this.marks.indexOf(mark);
      if (index >= 0 && mark.at === at) this.marks.splice(index, 1);
    }
  }

  *#rebuildDay(shard: number, day: number, settled: number): Steps {
    for (let start = day * DAY; start < Math.min((day + 1) * DAY, settled); start += HOUR) {
      for (let isDone = false; !isDone; ) {
        const before = this.hours[shard]?.get(start);
        const through = Math.max(before?.through ?? 0, Math.min(start + HOUR, settled));
        const ids = yield* this.#readAll(shard, start, through);
        isDone = (!before && ids.length === 0) || this.put(shard, before, { start, through, ids });
      }
    }
  }
}
