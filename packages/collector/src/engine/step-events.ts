/** The events that take a step of a funnel, over all chunks: sorted once by session and time, then matched. Pure. */
import type { Chunk, Group } from '../columns/chunk.js';
import { growingBytes, growingIntegers, growingNumbers } from '../columns/growing-column.js';
import type { EventRule } from './condition.js';
import { getRuleGroups, selectByRule } from './event-rule.js';
import { HashIndex } from './hash-index.js';
import { toSampleGroup } from './sample.js';
import { getRestrictionGroups, type Restriction, type Selection, type Span } from './selection.js';

/** An event that takes steps: a bit for each. */
export interface StepEvent {
  /** When it happened, in ms. */
  timestamp: number;
  steps: number;
}

export interface FunnelPlan extends Restriction {
  /** The events that take each step. */
  rules: readonly EventRule[];
}

export const getFunnelGroups = (plan: FunnelPlan, span: Span): Set<Group> =>
  new Set<Group>([
    ...getRestrictionGroups(plan, span),
    ...plan.rules.flatMap(getRuleGroups),
    ...(['context', 'ids', 'event', 'arrival', 'time'] as const),
  ]);

export class StepEvents {
  readonly #sessions = new HashIndex();
  readonly #session = growingIntegers();
  readonly #timestamp = growingNumbers();
  readonly #arrival = growingNumbers();
  readonly #steps = growingIntegers();

  /** By session: the random group of its visitor. */
  readonly #groups = growingBytes();
  /** Made when all events are added. */
  #grouped: BySession | undefined;

  /** @param rules of at most 31 steps */
  constructor(readonly rules: readonly EventRule[]) {}

  /** Sessions with an event that was selected. */
  get sessions(): number {
    return this.#sessions.size;
  }

  add(chunk: Chunk, { contexts, events }: Selection): void {
    const { count, session, visitor, firstEvent } = chunk.context();
    const { high, low } = chunk.ids().session;
    const { timestamp } = chunk.time();
    const arrival = chunk.arrival();
    const bits = toStepBits(chunk, this.rules);
    for (let context = 0; context < count; context += 1) {
      if (contexts && contexts[context] !== 1) continue;
      let number = -1;
      for (let row = firstEvent[context] ?? 0; row < (firstEvent[context + 1] ?? 0); row += 1) {
        if (events && events[row] !== 1) continue;
        const index = session[context] ?? 0;
        if (number < 0) {
          number = this.#sessions.add(high[index] ?? 0, low[index] ?? 0);
          if (number === this.#groups.length) this.#groups.push(toSampleGroup(visitor.low[context] ?? 0));
        }
        const steps = bits[row] ?? 0;
        if (steps === 0) continue;
        this.#session.push(number);
        this.#timestamp.push(timestamp[row] ?? 0);
        this.#arrival.push(arrival[row] ?? 0);
        this.#steps.push(steps);
      }
    }
  }

  /**
   * Sessions that take the first step: without it they come nowhere. Each in the order it happened; what happened at the same
   * time, in the order it arrived.
   *
   * @param group of visitors. Default: all
   */
  *bySession(group?: number): Generator<StepEvent[]> {
    const [timestamp, steps] = [this.#timestamp.values(), this.#steps.values()];
    const arrival = this.#arrival.values();
    this.#grouped ??= this.#groupBySession();
    const { order, starts } = this.#grouped;
    const compare = (a: number, b: number) =>
      (timestamp[a] ?? 0) - (timestamp[b] ?? 0) || (arrival[a] ?? 0) - (arrival[b] ?? 0) || a - b;
    for (let session = 0; session + 1 < starts.length; session += 1) {
      if (group !== undefined && this.#groups.get(session) !== group) continue;
      const rows = order.subarray(starts[session], starts[session + 1]);
      let taken = 0;
      let isSorted = true;
      for (let index = 0; index < rows.length; index += 1) {
        taken |= steps[rows[index] ?? 0] ?? 0;
        if (index > 0 && compare(rows[index - 1] ?? 0, rows[index] ?? 0) > 0) isSorted = false;
      }
      if ((taken & FIRST_STEP) === 0) continue;
      // A session is mostly in one chunk, where it is in order.
      if (!isSorted) rows.sort(compare);
      yield Array.from(rows, (row) => ({ timestamp: timestamp[row] ?? 0, steps: steps[row] ?? 0 }));
    }
  }

  /** Events of one session after those of another, each in the order they were added. */
  #groupBySession(): BySession {
    const session = this.#session.values();
    const starts = new Uint32Array(this.#sessions.size + 1);
    for (let row = 0; row < session.length; row += 1) {
      const next = (session[row] ?? 0) + 1;
      starts[next] = (starts[next] ?? 0) + 1;
    }
    for (let number = 1; number < starts.length; number += 1)
      starts[number] = (starts[number] ?? 0) + (starts[number - 1] ?? 0);
    const order = new Uint32Array(session.length);
    const next = starts.slice();
    for (let row = 0; row < session.length; row += 1) {
      const number = session[row] ?? 0;
      const place = next[number] ?? 0;
      order[place] = row;
      next[number] = place + 1;
    }
    return { order, starts };
  }
}

/** Rows of the events by session: `order` from `starts` of one to that of the next. */
interface BySession {
  order: Uint32Array;
  starts: Uint32Array;
}

const FIRST_STEP = 1;

/** By row of the events: a bit for each step that one takes. What is about kinds and pages alone is looked at once each. */
function toStepBits(chunk: Chunk, rules: readonly EventRule[]): Uint32Array {
  const { kind, kinds, page } = chunk.event();
  const bits = new Uint32Array(chunk.events);
  const anywhere = new Uint32Array(kinds.length);
  const somewhere = new Uint32Array(kinds.length);
  const ofPage = new Uint32Array(page.values.length);
  for (const [step, rule] of rules.entries()) {
    const { matchesKind, matchesPage, minScroll, properties = [] } = rule;
    if (minScroll !== undefined || properties.length > 0) {
      const selected = selectByRule(chunk, rule);
      for (let row = 0; row < bits.length; row += 1)
        if (selected[row] === 1) bits[row] = (bits[row] ?? 0) | (1 << step);
      continue;
    }
    const ofKind = matchesPage ? somewhere : anywhere;
    for (const [code, one] of kinds.entries())
      if (matchesKind(one)) ofKind[code] = (ofKind[code] ?? 0) | (1 << step);
    for (const [code, one] of page.values.entries())
      if (matchesPage?.(one)) ofPage[code] = (ofPage[code] ?? 0) | (1 << step);
  }
  const { codes } = page;
  for (let row = 0; row < bits.length; row += 1) {
    const code = kind[row] ?? 0;
    const here = (somewhere[code] ?? 0) & (ofPage[codes[row] ?? 0] ?? 0);
    bits[row] = (bits[row] ?? 0) | (anywhere[code] ?? 0) | here;
  }
  return bits;
}
