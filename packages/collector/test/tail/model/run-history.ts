/** One random history: what happens to a site, and each response compared with a plain look at what arrived. */
import { createRandom } from '../random.js';
import {
  DAY,
  HOUR,
  type LogItem,
  LogModel,
  type Mark,
  SETTLE,
  type Steps,
  type StoredHour,
} from './log-model.js';
import { AGES } from './ranges.js';
import type { Rule } from './rules.js';
import { type Cut, REBUILD, TailModel } from './tail-model.js';

const STEPS = 260;
const MAX_TASKS = 7;

export interface Outcome {
  /** What was wrong first. */
  error: string | undefined;
  /** Responses compared. */
  responses: number;
}

/** @param off a rule that is switched off */
export function runHistory(seed: number, off?: Rule): Outcome {
  const random = createRandom(seed);
  const { int, maybe } = random;
  const on = (rule: Rule) => rule !== off;
  const stepAt = 5_000 + int(2_500);
  const clockError = maybe(0.5) ? 0 : maybe(0.5) ? 8 : 25;
  const maxItems = maybe(0.5) ? 1e9 : 4 + int(20);
  const lateShare = maybe(0.3) ? 0.3 : 0.06;
  const log = new LogModel(random, clockError, on('settle') ? SETTLE : 20, maybe(0.3) ? 0.06 : 0);
  const processes = [0, 1].map(() => new TailModel(log, on, maxItems));
  const tasks: Steps[] = [];
  let untold: { process: TailModel; item: LogItem; at: number }[] = [];
  let error: string | undefined;
  let responses = 0;
  let lastAsOf = 0;
  const wrong = (what: string) => {
    error ??= what;
  };

  function* question(process: TailModel): Steps {
    const asked = log.now;
    let own: (StoredHour | undefined)[] | undefined;
    if (!on('cut') && maybe(0.5)) {
      own = [0, 1].map((shard) => log.newest(shard));
      yield;
    }
    try {
      for (const shard of [0, 1]) {
        yield* process.refresh(shard);
        yield;
      }
    } catch {
      return;
    }
    const found = [process.cut(0), process.cut(1)];
    if (!found[0] || !found[1]) return;
    if (!on('cut')) own ??= [0, 1].map((shard) => log.newest(shard));
    const cuts = [found[0], found[1]].map((cut, shard) => ({ ...cut, base: own ? own[shard] : cut.base }));
    if (cuts.some(({ endedAt }) => endedAt < asked))
      wrong('a response of a read that ended before it was asked for');
    const asOf = on('asOf') ? Math.min(...cuts.map((cut) => cut.asOf)) : process.clock();
    // The hours before are complete, and read in their time.
    yield;
    const stored = cuts.map(({ base }, shard) =>
      base
        ? [
            ...base.ids,
            ...[...(log.hours[shard]?.values() ?? [])]
              .filter(({ start }) => start < base.start)
              .flatMap(({ ids }) => ids),
          ]
        : [],
    );
    check(stored, cuts, asOf);
  }

  function check(stored: number[][], cuts: Cut[], asOf: number): void {
    responses += 1;
    lastAsOf = asOf;
    const counts = new Map<number, number>();
    for (const id of [...stored.flat(), ...cuts.flatMap(({ tail }) => tail)])
      counts.set(id, (counts.get(id) ?? 0) + 1);
    const tail = new Set(cuts.flatMap((cut) => cut.tail));
    const retained = cuts.map((cut) => new Set(cut.retained));
    const inStored = stored.map((ids) => new Set(ids));
    for (const item of log.items) {
      const cut = cuts[item.shard];
      if (!cut) continue;
      const count = counts.get(item.id) ?? 0;
      const seenAt = Math.max(...item.visibleAt);
      const lateness = seenAt - item.at + clockError;
      const slack = REBUILD + 2 * clockError + 3;
      if (count > 1) wrong(`twice: ${item.kind}`);
      if (item.kind === 'lost') {
        if (count > 0) wrong('a restored log has lost it');
        continue;
      }
      if (item.goneAt < Number.POSITIVE_INFINITY) {
        if (tail.has(item.id) && asOf > item.erasedAt + SETTLE + slack) wrong('erased stays');
        continue;
      }
      // What a stored hour has counted in time, buckets hold too where they answer for it.
      const isRetained = item.at >= cut.retainedFrom && item.at < cut.begin && item.kind !== 'import';
      const isStored = inStored[item.shard]?.has(item.id);
      if (isRetained && isStored && lateness <= SETTLE && !retained[item.shard]?.has(item.id))
        wrong('lost: retained');
      if (count > 0) continue;
      if (item.kind === 'import') {
        const isDue =
          item.at < cut.begin
            ? !cut.pending.has(Math.floor(item.at / DAY)) && seenAt < cut.readAt
            : asOf > seenAt + slack;
        if (isDue) wrong('lost: import');
      } else {
        const age = AGES.find((one) => one >= lateness);
        if (age !== undefined && asOf > item.at + age) wrong(`lost: ${item.kind}`);
      }
    }
  }

  function add(
    fields: Omit<LogItem, 'id' | 'event' | 'name' | 'shard' | 'goneAt' | 'erasedAt'>,
    names: Partial<Pick<LogItem, 'name' | 'event'>> = {},
  ): LogItem {
    const id = log.items.length;
    const shard = fields.at < stepAt ? 0 : fields.session % 2;
    const item = {
      id,
      shard,
      name: `n${id}`,
      event: `e${id}`,
      goneAt: Number.POSITIVE_INFINITY,
      erasedAt: 0,
      ...names,
      ...fields,
    };
    // The store admits a name once in a session.
    if (!log.items.some(({ session, name }) => session === item.session && name === item.name))
      log.items.push(item);
    return item;
  }

  function write(): void {
    const process = maybe(0.6) ? processes[int(2)] : undefined;
    const session = int(6);
    const names = { ...(maybe(0.1) ? { name: 'same' } : {}), ...(maybe(0.05) ? { event: 'e1' } : {}) };
    const land = maybe(lateShare) ? (maybe(0.5) ? int(14) : int(SETTLE - 25)) : int(2);
    const skew = clockError ? int(2 * clockError - 1) - clockError + 1 : 0;
    const ahead = maybe(0.03) ? int(40) : 0;
    const tooLate = maybe(0.004) ? SETTLE + int(200) : 0;
    const at = Math.max(
      0,
      log.now + Math.max(skew, land ? -clockError : skew) + ahead - Math.min(land, 100) - tooLate,
    );
    const lag = maybe(lateShare) ? int(12) : int(2);
    const visibleAt: [number, number] = [log.now + int(lag + 1), log.now + int(lag + 1)];
    const before = log.items.length;
    const item = add(
      { session, at, visibleAt, kind: tooLate ? 'too late' : land > 1 ? 'late' : 'live' },
      names,
    );
    // Where a reply is lost, nothing is ever announced.
    if (process && log.items.length > before)
      untold.push({ process, item, at: log.now + (maybe(0.08) ? int(500) : int(2)) });
  }

  function importSome(): void {
    const days = new Set<number>();
    const mark = (day: number, cause: Mark['cause']) => {
      const known = log.marks.find((one) => one.day === day && one.cause === cause);
      if (known) [known.before, known.at] = [known.at, log.now];
      else log.marks.push({ day, cause, at: log.now });
    };
    const start = log.now;
    for (let left = 1 + int(3); left > 0; left -= 1) {
      const at = Math.max(0, start - int(maybe(0.6) ? 300 : 2_000));
      const day = Math.floor(at / DAY);
      days.add(day);
      mark(day, 'import');
      add({ session: int(6), at, visibleAt: [log.now + int(2), log.now + int(2)], kind: 'import' });
      if (maybe(0.3)) log.now += 1;
    }
    for (const day of days) mark(day, 'import');
  }

  function erase(): void {
    const item = log.items[int(log.items.length)];
    if (!item || item.goneAt < Number.POSITIVE_INFINITY || item.kind === 'import') return;
    log.marks.push({ day: Math.floor(item.at / DAY), cause: 'erase', at: log.now });
    Object.assign(item, { goneAt: log.now + int(60), erasedAt: log.now });
  }

  function tick(seconds: number): void {
    log.now += seconds;
    const due = untold.filter(({ at }) => at <= log.now);
    untold = untold.filter(({ at }) => at > log.now);
    for (const { process, item } of due) process.announce(item);
  }

  function advance(steps: number): void {
    const index = int(tasks.length);
    for (let left = steps; left > 0; left -= 1) {
      if (!tasks[index]?.next().done) continue;
      tasks.splice(index, 1);
      return;
    }
  }

  function drain(): void {
    for (let turn = 0; turn < 9_000 && tasks.length > 0 && !error; turn += 1) advance(60);
  }

  /** A backup takes the place of the tables, which are away for longer than a process waits. */
  function restore(): void {
    drain();
    if (!log.hasBackup || maybe(0.5)) {
      log.backUp();
      return;
    }
    log.isDown = true;
    for (const end = log.now + 300 + 2 * clockError; log.now <= end; ) {
      log.now += 1 + int(60);
      const process = processes[int(2)];
      if (process) tasks.push(question(process));
      drain();
    }
    log.restore();
    log.isDown = false;
  }

  function happen(): void {
    const what = int(1_000);
    const process = processes[int(2)];
    if (what < 340) {
      const pause = int(1_000);
      tick(pause < 700 ? int(3) : pause < 950 ? 3 + int(25) : pause < 995 ? 60 + int(900) : int(40_000));
      for (let left = int(3); left > 0; left -= 1) write();
    } else if (what < 740) {
      if (tasks.length > 0) advance(maybe(0.5) ? 1 + int(4) : 60);
    } else if (tasks.length > MAX_TASKS) advance(60);
    else if (what < 880) tasks.push(question(process ?? (processes[0] as TailModel)));
    else if (what < 930) tasks.push(log.advance(int(2), log.settledBy(maybe(0.3)), 1 + int(4)));
    else if (what < 960) tasks.push(log.round(maybe(0.3)));
    else if (what < 967) importSome();
    else if (what < 974) erase();
    else if (what < 978) restore();
    else if (what < 982) process?.drop(int(2));
    else if (clockError && process) process.clockOffset = int(2 * clockError + 1) - clockError;
  }

  /** At rest, all that arrived is in. */
  function askUntilCurrent(): void {
    for (const process of processes) {
      for (let asked = 0; asked < 400 && !error; asked += 1) {
        lastAsOf = 0;
        tasks.push(question(process));
        drain();
        if (lastAsOf > 0 && lastAsOf >= log.now - 1.5 * clockError - 1) break;
      }
    }
  }

  for (let step = 0; step < STEPS && !error; step += 1) happen();
  drain();
  tick(HOUR / 10);
  askUntilCurrent();
  for (let round = 0; round < 4 && !error; round += 1) {
    tick(200);
    tasks.push(log.round(false));
    drain();
    askUntilCurrent();
  }
  return { error, responses };
}
