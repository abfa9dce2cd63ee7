/** What rounds, erasures and readers do, a store call at a time. */
import type { Rule } from './rules.js';
import {
  CLOSES_AFTER,
  DAY,
  type DayState,
  floorToDay,
  type Mark,
  RETENTION,
  SETTLE,
  type Steps,
  type StoreModel,
} from './store-model.js';

export type Rules = (rule: Rule) => boolean;

export function* round(store: StoreModel, on: Rules, isOld: boolean, maySurvey: boolean): Steps {
  const horizon = store.now - SETTLE;
  const until = store.now - CLOSES_AFTER;
  const imports = store.marks
    .filter(({ cause, at }) => cause === 'import' && at <= horizon)
    .map((mark) => ({ mark, at: mark.at }));
  for (let start = 0; start + DAY <= until; start += DAY) {
    yield;
    // What fails does not keep the round from going on: a later one closes the day.
    if (store.random.maybe(0.15)) continue;
    if (!store.days.has(start) && store.now - start < RETENTION) yield* build(store, on, start, { isOld });
  }
  for (const { mark, at } of imports) {
    if (mark.day + DAY <= until && !(yield* rebuild(store, on, mark.day, isOld))) continue;
    if (mark.day + DAY <= until) store.clearMark(mark, at);
    yield;
  }
  if (isOld) return;
  yield* scrub(store, on, horizon);
  if (maySurvey && on('survey')) {
    for (const { start, segment } of store.days.values())
      if (segment === undefined && start + RETENTION > store.now)
        store.setMark({ cause: 'columns', day: start });
  }
  yield;
  for (const mark of store.marks.filter(({ cause }) => cause === 'columns')) {
    const { at } = mark;
    const state = store.days.get(mark.day);
    yield;
    if (state && state.segment === undefined && mark.day + RETENTION > store.now)
      yield* build(store, on, mark.day, { before: state });
    else store.clearMark(mark, at);
    return;
  }
}

function* rebuild(store: StoreModel, on: Rules, start: number, isOld: boolean): Steps<boolean> {
  for (let attempt = 0; attempt < 20; attempt += 1) {
    const before = store.days.get(start);
    yield;
    if (before && !on('importRebuild')) {
      if (store.putDay({ ...before, version: before.version + 1 })) return true;
    } else if (yield* build(store, on, start, before ? { before, isOld } : { isOld })) return true;
    yield;
  }
  return false;
}

interface BuildOptions {
  before?: DayState;
  isOld?: boolean;
}

/** A day from its log. */
function* build(
  store: StoreModel,
  on: Rules,
  start: number,
  { before, isOld }: BuildOptions,
): Steps<boolean> {
  const ids: number[] = [];
  for (let from = start; from < start + DAY; from += DAY / 3) {
    const page = store.read(from, from + DAY / 3).map(({ id }) => id);
    ids.push(...page);
    yield;
    // A lost put makes a step of it be read again.
    if (store.random.maybe(0.1)) ids.push(...page);
  }
  const state = on('stateFirst') ? before : store.days.get(start);
  const version = (state?.version ?? 0) + 1;
  const isWhole = () => start + RETENTION > store.now + SETTLE;
  const wasWhole = start + RETENTION > store.now;
  yield;
  if (isOld) return store.putDay({ start, version });
  const segment = on('newNames') ? store.newName() : `${start}#${version}`;
  const known = store.marks.filter(({ cause, day }) => cause === 'erased' && day === start);
  const part = { start, version, ids: withoutErased(store, on, on('once') ? [...new Set(ids)] : ids, known) };
  if (on('partsFirst')) {
    store.putPart(segment, part);
    yield;
  }
  // In the same step as the put, which lands before anything expires or not at all.
  if (on('whole') && !(on('stillWhole') ? isWhole() : wasWhole)) {
    store.parts.delete(segment);
    store.builtTooLate.add(start);
    return store.putDay({ ...state, start, version });
  }
  try {
    if (store.putDay({ start, version, segment })) {
      if (!on('partsFirst')) {
        yield;
        store.putPart(segment, part);
      }
      return true;
    }
  } catch (error) {
    const left = store.parts.get(segment);
    if (left) left.isLeft = true;
    throw error;
  }
  yield;
  discard(store, on, start, segment);
  return false;
}

function discard(store: StoreModel, on: Rules, start: number, segment: string): void {
  if (on('discard') && store.days.get(start)?.segment !== segment) store.parts.delete(segment);
}

function withoutErased(store: StoreModel, on: Rules, ids: number[], marks: readonly Mark[]): number[] {
  return ids.filter((id) => {
    const item = store.items[id];
    return !marks.some(
      ({ person, before }) => item?.person === person && (!on('before') || item.at < before),
    );
  });
}

function* scrub(store: StoreModel, on: Rules, horizon: number): Steps {
  const settled = store.marks
    .filter(({ cause, at }) => cause === 'erased' && at <= horizon)
    .map((mark) => ({ mark, at: mark.at }));
  for (const day of new Set(settled.map(({ mark }) => mark.day))) {
    const own = settled.filter(({ mark }) => mark.day === day);
    const isExpired = day + RETENTION <= store.now && !store.days.has(day);
    if (on('settled') && store.days.has(day)) {
      const marks = own.map(({ mark }) => mark);
      if (!(yield* rewrite(store, on, day, marks, true))) continue;
    } else if (on('keepMark') && !isExpired) continue;
    for (const { mark, at } of own) store.clearMark(mark, at);
    yield;
  }
}

/** Takes the marks' events out of what a day names. */
function* rewrite(
  store: StoreModel,
  on: Rules,
  start: number,
  marks: readonly Mark[],
  always: boolean,
): Steps<boolean> {
  for (let attempt = 0; attempt < 20; attempt += 1) {
    const state = store.days.get(start);
    yield;
    if (!state) return true;
    const part = state.segment === undefined ? undefined : store.parts.get(state.segment);
    const rest = part && withoutErased(store, on, part.ids, marks);
    // Another process has put the day in between, or the day is to have no columns.
    const isMissing = state.segment !== undefined && !part;
    const isFound = isMissing || (part && rest && rest.length < part.ids.length);
    yield;
    if (!isFound && !(always && on('bump'))) return true;
    const version = state.version + 1;
    const segment = isMissing ? undefined : isFound ? store.newName() : state.segment;
    if (isFound && segment !== undefined && rest) store.putPart(segment, { start, version, ids: rest });
    yield;
    const next = { start, version, ...(segment === undefined ? {} : { segment }) };
    if (store.putDay(next)) {
      yield;
      if (state.segment !== undefined && state.segment !== segment) store.parts.delete(state.segment);
      if (on('list')) deleteUnnamed(store, on, start, version, segment);
      return true;
    }
    if (isFound && segment !== undefined) discard(store, on, start, segment);
  }
  return false;
}

function deleteUnnamed(
  store: StoreModel,
  on: Rules,
  start: number,
  version: number,
  named: string | undefined,
): void {
  for (const [name, part] of [...store.parts])
    if (part.start === start && name !== named && (!on('versionBound') || part.version <= version))
      store.parts.delete(name);
}

export function* erase(store: StoreModel, on: Rules, person: number): Steps {
  const asked = store.now;
  const found = store.items.filter(
    (item) => item.person === person && item.erasedAt > store.now && item.at + RETENTION > store.now,
  );
  const expired = store.items.filter((item) => item.person === person && item.at + RETENTION <= store.now);
  const lasts = new Map<number, number>();
  for (const { at } of found) lasts.set(floorToDay(at), Math.max(lasts.get(floorToDay(at)) ?? 0, at + 1));
  const mark = () => {
    for (const [day, before] of lasts) store.setMark({ cause: 'erased', day, person, before });
  };
  yield;
  if (on('markFirst')) mark();
  // Only an item's own process may pause here for longer than an erasure takes to settle, and is killed as rarely.
  for (const item of found) {
    item.erasedAt = store.now;
    item.shownUntil = store.now + store.random.int(SETTLE - 1);
  }
  yield;
  mark();
  yield;
  if (on('scan')) {
    const all = { cause: 'erased' as const, day: 0, at: asked, person, before: asked };
    for (const start of [...store.days.keys()].reverse()) yield* rewrite(store, on, start, [all], false);
  }
  for (const item of expired) item.erasedAt = Math.min(item.erasedAt, store.now);
}
