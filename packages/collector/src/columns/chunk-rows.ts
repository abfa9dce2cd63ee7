/** A chunk while it is built: rows are added in any order, and sorted at the end. */
import { type Chunk, GROUPS, type Group, GroupNotReadError, type PropertyColumn } from './chunk.js';
import { type Context, ContextRows } from './context-rows.js';
import type { Property } from './event-properties.js';
import { type ColumnEvent, EventRows } from './event-rows.js';
import { PropertyRows } from './property-rows.js';
import { orderEvents } from './row-order.js';
import { TextBudget } from './text-budget.js';

export class ChunkRows {
  readonly budget = new TextBudget();
  botEvents = 0;
  readonly #contexts = new ContextRows(this.budget);
  readonly #events = new EventRows(this.budget);
  readonly #properties = new PropertyRows(this.budget);

  get events(): number {
    return this.#events.length;
  }

  /** To be called where events do not say whether their sessions became engaged with them. */
  forgetEngaged(): void {
    this.#events.knowsEngaged = false;
  }

  /** Adds a context with an event of it that arrived then, or finds it. Returns what its events are added to. */
  findContext(context: Context, arrival: number): number {
    return this.#contexts.find(context, arrival);
  }

  /** @param events by row of the other chunk: the event's row as it came, or `NO_EVENT` */
  addProperty(column: PropertyColumn, events: Int32Array): void {
    this.#properties.addColumn(column, events);
  }

  addEvent(context: number, event: ColumnEvent, properties: readonly Property[]): void {
    if (properties.length > 0) this.#properties.add(this.#events.length, properties);
    this.#events.push(context, event);
  }

  /** All steps of `finishInSteps` at once. */
  finish(from: number, to: number, groups?: ReadonlySet<Group>): Chunk {
    const steps = this.finishInSteps(from, to, groups);
    for (;;) {
      const { done, value } = steps.next();
      if (done) return value;
    }
  }

  /**
   * To be called once. Yields where others may work.
   *
   * @param groups those that are known
   */
  *finishInSteps(
    from: number,
    to: number,
    groups: ReadonlySet<Group> = new Set(GROUPS),
  ): Generator<void, Chunk> {
    const { context, ids, ranks } = this.#contexts.finish();
    yield;
    const { rows, firstEvent } = yield* orderEvents(this.#events, ranks, context.count);
    const places = new Uint32Array(rows.length);
    for (let place = 0; place < rows.length; place += 1) places[rows[place] ?? 0] = place;
    yield;
    const property = yield* this.#properties.finish(places);
    const { event, engagement, arrival, time, detail } = yield* this.#events.finish(rows);
    const contexts = { ...context, firstEvent, duration: sumByContext(time.gap, firstEvent) };
    const known = <Columns>(group: Group, columns: Columns) => {
      if (groups.has(group)) return () => columns;
      return () => {
        throw new GroupNotReadError(group);
      };
    };
    return {
      from,
      to,
      groups,
      events: rows.length,
      botEvents: this.botEvents,
      over: this.budget.over,
      context: known('context', contexts),
      ids: known('ids', ids),
      event: known('event', event),
      engagement: known('engagement', engagement),
      arrival: known('arrival', arrival),
      time: known('time', time),
      property: known('property', property),
      detail: known('detail', detail),
    };
  }
}

function sumByContext(numbers: Uint32Array, firstEvent: Uint32Array): Float64Array {
  const sums = new Float64Array(firstEvent.length - 1);
  for (let context = 0; context < sums.length; context += 1) {
    let sum = 0;
    const end = firstEvent[context + 1] ?? 0;
    for (let row = firstEvent[context] ?? 0; row < end; row += 1) sum += numbers[row] ?? 0;
    sums[context] = sum;
  }
  return sums;
}
