/** One random history: what happens to a site, and each reading of a day compared with a plain look at what arrived. */
import { createRandom } from '../../tail/random.js';
import { erase, round } from './processes.js';
import type { Rule } from './rules.js';
import {
  DAY,
  floorToDay,
  Killed,
  type LogItem,
  RETENTION,
  SETTLE,
  type Steps,
  StoreModel,
} from './store-model.js';

const STEPS = 220;
const MAX_TASKS = 5;
const PERSONS = 4;

interface Task {
  steps: Steps;
  /** Of a process that is paused again and again. */
  isSlow: boolean;
  kind: 'round' | 'erase' | 'read';
}

/** @param off a rule that is switched off. Returns what was wrong first. */
export function runHistory(seed: number, off?: Rule): string | undefined {
  const store = new StoreModel(createRandom(seed));
  const { int, maybe } = store.random;
  const on = (rule: Rule) => rule !== off;
  const asked: { person: number; at: number }[] = [];
  let tasks: Task[] = [];
  let error: string | undefined;
  const wrong = (what: string) => {
    error ??= what;
  };

  function add(at: number, isImport: boolean): void {
    const forever = Number.POSITIVE_INFINITY;
    const visibleAt = store.now + int(SETTLE - 1);
    const item = { id: store.items.length, person: int(PERSONS), at, visibleAt, isImport };
    store.items.push({ ...item, erasedAt: forever, shownUntil: forever });
  }

  function* importSome(): Steps {
    const at = Math.max(0, store.now - int(90));
    // Imports are taken while the log of the day is there.
    if (floorToDay(at) + RETENTION - DAY - 2 * SETTLE <= store.now) return;
    store.setMark({ cause: 'import', day: floorToDay(at) });
    add(at, true);
    yield;
    store.setMark({ cause: 'import', day: floorToDay(at) });
  }

  /** Of one whose erasure was asked for, what arrived before may be there or not until it is done. */
  const mayBeErased = ({ person, at }: LogItem): boolean =>
    asked.some((one) => one.person === person && at <= one.at);

  const isMarked = (cause: 'import' | 'erased', day: number): boolean =>
    store.marks.some((mark) => mark.cause === cause && mark.day === day);

  function check(day: number, ids: readonly number[], begunAt: number, wasMarked: boolean): void {
    if (new Set(ids).size < ids.length) wrong('twice');
    for (const item of store.items) {
      if (floorToDay(item.at) !== day) continue;
      const isThere = ids.includes(item.id);
      const isPending =
        item.isImport &&
        (isMarked('import', day) || item.visibleAt >= begunAt - SETTLE || store.builtTooLate.has(day));
      if (!isThere && !mayBeErased(item) && !isPending) wrong('lost');
      const isErasing = wasMarked || isMarked('erased', day) || tasks.some(({ kind }) => kind === 'erase');
      if (isThere && item.erasedAt + SETTLE < begunAt && !isErasing) wrong('erased stays');
    }
  }

  function* read(): Steps {
    const begunAt = store.now;
    const [days, day] = [[...store.days.keys()], int(1_000)];
    const start = days[day % Math.max(1, days.length)];
    if (start === undefined) return;
    const wasMarked = isMarked('erased', start) || tasks.some(({ kind }) => kind === 'erase');
    const wasImported = isMarked('import', start);
    for (let reread = 0; reread < 3; reread += 1) {
      const state = store.days.get(start);
      yield;
      if (state?.segment === undefined) return;
      const part = store.parts.get(state.segment);
      if (part) {
        if (!wasImported) check(start, part.ids, begunAt, wasMarked);
        return;
      }
      if (!on('reread')) {
        wrong('lost');
        return;
      }
      yield;
    }
    // Written again three times while it was read: it is answered from the log.
  }

  const step = (task: Task): void => {
    try {
      if (task.steps.next().done) tasks = tasks.filter((one) => one !== task);
    } catch (thrown) {
      if (!(thrown instanceof Killed)) throw thrown;
      kill(task);
    }
  };

  function kill(task: Task): void {
    tasks = tasks.filter((one) => one !== task);
    const named = new Set([...store.days.values()].map(({ segment }) => segment));
    for (const [name, part] of store.parts) if (!named.has(name)) part.isLeft = true;
  }

  function tick(minutes: number): void {
    store.now += minutes;
    // An erasure takes less time than it takes to settle.
    for (const task of tasks.filter(({ kind }) => kind === 'erase')) while (tasks.includes(task)) step(task);
    if (maybe(0.3)) for (const land of store.late.splice(0)) land();
  }

  function begin(kind: Task['kind'], steps: Steps): void {
    if (tasks.length < MAX_TASKS) tasks.push({ kind, steps, isSlow: maybe(0.25) });
  }

  for (let steps = 0; steps < STEPS && error === undefined; steps += 1) {
    const what = int(100);
    if (what < 12) {
      tick(1 + int(maybe(0.8) ? 6 : 40));
      for (let left = int(3); left > 0; left -= 1) add(store.now, false);
    } else if (what < 20) begin('round', round(store, on, maybe(0.15), maybe(0.3)));
    else if (what < 22) begin('round', importSome());
    else if (what < 24) {
      const person = int(PERSONS);
      asked.push({ person, at: store.now });
      begin('erase', erase(store, on, person));
    } else if (what < 32) begin('read', read());
    else {
      const task = tasks[int(tasks.length)];
      if (!task || (task.isSlow && maybe(0.9))) continue;
      if (maybe(0.01)) kill(task);
      else step(task);
    }
  }
  if (error !== undefined) return error;

  // Everything comes to its end, and settles.
  const restsFrom = store.now;
  for (const land of store.late.splice(0)) land();
  while (tasks[0]) step(tasks[0]);
  for (const land of store.late.splice(0)) land();
  for (let rounds = 0; rounds < 14; rounds += 1) {
    store.now += rounds === 0 ? DAY + SETTLE : SETTLE;
    begin('round', round(store, on, false, true));
    while (tasks[0]) step(tasks[0]);
    for (const land of store.late.splice(0)) land();
  }
  checkAtRest();
  return error;

  function checkAtRest(): void {
    // Of the log: what had expired from it before is taken out of what a state names, no more.
    const isGone = (id: number) => (store.items[id]?.shownUntil ?? 0) < store.now;
    for (const [start, { segment }] of store.days) {
      const part = segment === undefined ? undefined : store.parts.get(segment);
      if (segment !== undefined && !part) wrong('a named part is missing');
      if (segment === undefined && start + RETENTION > restsFrom + DAY + 8 * SETTLE)
        wrong('a day without columns');
      if (part) check(start, part.ids, store.now, false);
    }
    for (const part of store.parts.values())
      if (!part.isLeft && store.days.has(part.start) && part.ids.some(isGone)) wrong('erased is left behind');
  }
}
