/** The log, its lagging index, closed days, parts and marks of one shard, in minutes. */
import type { Random } from '../../tail/random.js';

export const [DAY, SETTLE, CLOSES_AFTER, RETENTION] = [60, 5, 8, 170];

export interface LogItem {
  id: number;
  person: number;
  at: number;
  visibleAt: number;
  isImport: boolean;
  /** When it was deleted, and until when the index shows it. */
  erasedAt: number;
  shownUntil: number;
}

export interface DayState {
  start: number;
  version: number;
  segment?: string;
}

export interface Part {
  start: number;
  version: number;
  ids: number[];
  /** Of a writer that was killed, or of a put that landed late: nobody takes it away before it expires. */
  isLeft: boolean;
}

export interface Mark {
  cause: 'import' | 'columns' | 'erased';
  day: number;
  at: number;
  person: number;
  before: number;
}

/** A process in the model: between two of its steps, anything may happen. */
export type Steps<Result = void> = Generator<undefined, Result>;

export const floorToDay = (time: number): number => Math.floor(time / DAY) * DAY;

/** Thrown in a process that is killed. */
export class Killed extends Error {}

export class StoreModel {
  now = 0;
  readonly items: LogItem[] = [];
  readonly days = new Map<number, DayState>();
  readonly parts = new Map<string, Part>();
  marks: Mark[] = [];
  late: (() => void)[] = [];
  /** Days whose log had expired when they were to be built again: what was imported into them last is not in columns. */
  readonly builtTooLate = new Set<number>();
  #names = 0;

  constructor(readonly random: Random) {}

  newName(): string {
    this.#names += 1;
    return `n${this.#names}`;
  }

  /** What the index shows of a time. */
  read(from: number, to: number): LogItem[] {
    const { now } = this;
    return this.items.filter(
      ({ at, visibleAt, shownUntil }) =>
        at >= from && at < to && visibleAt <= now && now < shownUntil && at + RETENTION > now,
    );
  }

  /** A compare-and-set, which may be done late, or done while its writer is killed. */
  putDay(state: DayState): boolean {
    const put = () => {
      if ((this.days.get(state.start)?.version ?? 0) !== state.version - 1) return false;
      this.days.set(state.start, state);
      return true;
    };
    const { maybe } = this.random;
    if (maybe(0.06)) {
      // A request that was signed so long ago is refused.
      const landsBy = this.now + SETTLE;
      this.late.push(() => {
        if (this.now <= landsBy) put();
      });
      throw new Killed();
    }
    if (maybe(0.05)) {
      put();
      throw new Killed();
    }
    return put();
  }

  putPart(name: string, part: Omit<Part, 'isLeft'>): void {
    // Who was killed has left it behind, whenever it lands.
    const written = { ...part, isLeft: false };
    const put = () => this.parts.set(name, written);
    put();
    // An attempt before, whose answer was lost, lands as well.
    if (this.random.maybe(0.1)) {
      const landsBy = this.now + SETTLE;
      this.late.push(() => {
        if (this.now > landsBy) return;
        // One that lands after its part was deleted is left behind: no state names it, and it expires.
        written.isLeft ||= !this.parts.has(name);
        put();
      });
    }
  }

  setMark(mark: Pick<Mark, 'cause' | 'day'> & Partial<Mark>): void {
    const full = { person: -1, before: 0, ...mark, at: this.now };
    const known = this.marks.find(
      ({ cause, day, person, before }) =>
        cause === full.cause && day === full.day && person === full.person && before === full.before,
    );
    if (known) known.at = this.now;
    else this.marks.push(full);
  }

  clearMark(mark: Mark, readAt: number): void {
    if (mark.at === readAt) this.marks = this.marks.filter((one) => one !== mark);
  }
}
