/** The events that take a step of a funnel, over all chunks: sorted once by session and time, then matched. Pure. */
import type { Chunk, Group } from '../columns/chunk.js';
import type { EventRule } from './condition.js';
import { getRuleGroups, selectByRule } from './event-rule.js';
import { HashIndex } from './hash-index.js';
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
    ...(['ids', 'event', 'arrival', 'time'] as const),
  ]);

export class StepEvents {
  readonly #sessions = new HashIndex();
  readonly #session: number[] = [];
  readonly #timestamp: number[] = [];
  readonly #arrival: number[] = [];
  readonly #steps: number[] = [];

  /** @param rules of at most 31 steps */
  constructor(readonly rules: readonly EventRule[]) {}

  /** Sessions with an event that was selected. */
  get sessions(): number {
    return this.#sessions.size;
  }

  add(chunk: Chunk, { contexts, events }: Selection): void {
    const { count, session, firstEvent } = chunk.context();
    const { high, low } = chunk.ids().session;
    const { timestamp } = chunk.time();
    const arrival = chunk.arrival();
    const bits = this.#toBits(chunk);
    for (let context = 0; context < count; context += 1) {
      if (contexts && contexts[context] !== 1) continue;
      let number = -1;
      for (let row = firstEvent[context] ?? 0; row < (firstEvent[context + 1] ?? 0); row += 1) {
        if (events && events[row] !== 1) continue;
        const index = session[context] ?? 0;
        if (number < 0) number = this.#sessions.add(high[index] ?? 0, low[index] ?? 0);
        const steps = bits[row] ?? 0;
        if (steps === 0) continue;
        this.#session.push(number);
        this.#timestamp.push(timestamp[row] ?? 0);
        this.#arrival.push(arrival[row] ?? 0);
        this.#steps.push(steps);
      }
    }
  }

  /** By row of the events: a bit for each step that one takes. */
  #toBits(chunk: Chunk): Uint32Array {
    const bits = new Uint32Array(chunk.events);
    for (const [step, rule] of this.rules.entries()) {
      const selected = selectByRule(chunk, rule);
      for (let row = 0; row < bits.length; row += 1)
        if (selected[row] === 1) bits[row] = (bits[row] ?? 0) | (1 << step);
    }
    return bits;
  }

  /** By session, in the order they happened; what happened at the same time, in the order it arrived. */
  *bySession(): Generator<StepEvent[]> {
    const [session, timestamp, arrival] = [this.#session, this.#timestamp, this.#arrival];
    const at = (numbers: number[], row: number) => numbers[row] ?? 0;
    const order = Uint32Array.from(session, (_, row) => row).sort(
      (a, b) =>
        at(session, a) - at(session, b) ||
        at(timestamp, a) - at(timestamp, b) ||
        at(arrival, a) - at(arrival, b) ||
        a - b,
    );
    let events: StepEvent[] = [];
    let current = -1;
    for (const row of order) {
      if (session[row] !== current && events.length > 0) {
        yield events;
        events = [];
      }
      current = at(session, row);
      events.push({ timestamp: at(timestamp, row), steps: at(this.#steps, row) });
    }
    if (events.length > 0) yield events;
  }
}
