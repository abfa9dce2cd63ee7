/** Counts one chunk: what `addBatch` counts of a batch, this counts of the events of a context that arrived together. Pure. */
import { type Chunk, EVENT_FLAGS } from '../columns/chunk.js';
import { addMoney, FIVE_MINUTES_MS } from '../rollup/aggregate.js';
import { countersAt } from '../rollup/row-set.js';
import type { ChunkRow } from './chunk-rows.js';
import { ChunkTables } from './chunk-tables.js';
import {
  addList,
  addTo,
  CLICKS,
  CONTINUED,
  CONVERSIONS,
  CONVERTING_SESSIONS,
  type CounterList,
  count,
  createCounters,
  DELAYED,
  DURATION_MS,
  ENGAGED_MS,
  EVENTS,
  PAGE_VIEWS,
  SECOND_VIEWS,
  SESSIONS,
} from './counter-list.js';
import { BEGAN_IN_HOUR, hourOfWeek } from './hour-of-week.js';
import type { Numbers, NumbersBucket } from './numbers.js';
import { needsArrivals } from './numbers-plan.js';
import type { Selection } from './selection.js';

/** Events of one context that arrived within the same five minutes, where these are told apart. */
interface Piece {
  context: number;
  /** Five minutes since 1970; 0 where all of the chunk count in one bucket. */
  slot: number;
  bucket: NumbersBucket;
  tables: ChunkTables;
  sum: CounterList;
  payments: Payment[];
  /** Whether a view has no ordinal. */
  isUnnumbered: boolean;
}

interface Payment {
  currency: string;
  micros: number;
}

/** Counts what is selected of a chunk. */
export function scanChunk(numbers: Numbers, chunk: Chunk, selection: Selection): void {
  new ChunkScan(numbers, chunk, selection).run();
  numbers.bound(chunk.over);
}

class ChunkScan {
  readonly #context;
  readonly #session;
  readonly #event;
  readonly #engaged;
  /** Undefined where all of the chunk count in one bucket. */
  readonly #times: { arrival: Float64Array; gap: Uint32Array } | undefined;
  readonly #buckets = new Map<number, NumbersBucket | undefined>();
  readonly #tables = new Map<NumbersBucket, ChunkTables>();
  /** Of the piece under way. */
  readonly #sum = createCounters();

  constructor(
    readonly numbers: Numbers,
    readonly chunk: Chunk,
    readonly selection: Selection,
  ) {
    this.#context = chunk.context();
    this.#session = chunk.ids().session;
    this.#event = chunk.event();
    this.#engaged = chunk.engagement().engaged;
    if (needsArrivals(numbers.plan, chunk)) this.#times = { arrival: chunk.arrival(), gap: chunk.time().gap };
  }

  run(): void {
    const { contexts } = this.selection;
    for (let context = 0; context < this.#context.count; context += 1)
      if (!contexts || contexts[context] === 1) this.#addContext(context);
    for (const tables of this.#tables.values()) tables.flush();
  }

  #addContext(context: number): void {
    const { events } = this.selection;
    const end = this.#context.firstEvent[context + 1] ?? 0;
    let piece: Piece | undefined;
    for (let index = this.#context.firstEvent[context] ?? 0; index < end; index += 1) {
      if (events && events[index] !== 1) continue;
      const slot = this.#times ? Math.floor((this.#times.arrival[index] ?? 0) / FIVE_MINUTES_MS) : 0;
      if (piece?.slot !== slot) {
        if (piece) this.#addPiece(piece);
        piece = this.#startPiece(context, slot);
      }
      if (piece) this.#addEvent(piece, index);
    }
    if (piece) this.#addPiece(piece);
  }

  #startPiece(context: number, slot: number): Piece | undefined {
    const bucket = this.#findBucket(slot);
    return (
      bucket && {
        context,
        slot,
        bucket,
        tables: this.#getTables(bucket),
        sum: this.#sum.fill(0),
        payments: [],
        isUnnumbered: false,
      }
    );
  }

  #findBucket(slot: number): NumbersBucket | undefined {
    if (this.#buckets.has(slot)) return this.#buckets.get(slot);
    const time = this.#times ? slot * FIVE_MINUTES_MS : this.chunk.from;
    const bucket = this.numbers.buckets.find(({ start, end }) => time >= start && time < end);
    this.#buckets.set(slot, bucket);
    return bucket;
  }

  #getTables(bucket: NumbersBucket): ChunkTables {
    // Buckets that share rows share the tables of the first.
    const owner = this.numbers.plan.rowsOfEach ? bucket : (this.numbers.buckets[0] ?? bucket);
    let tables = this.#tables.get(owner);
    if (!tables) {
      tables = new ChunkTables(this.numbers, this.chunk, owner);
      this.#tables.set(owner, tables);
    }
    return tables;
  }

  /** As `addEvent` of the rollups counts an event. */
  #addEvent(piece: Piece, index: number): void {
    const { context, tables, sum } = piece;
    const { kind: kinds, flags } = this.#event;
    const type = this.#event.kinds[kinds[index] ?? 0]?.type;
    const flagged = flags[index] ?? 0;
    const pageRow = tables.page?.at(index);
    const nameRow = tables.eventName?.at(index);
    count(sum, EVENTS);
    if (pageRow) count(pageRow.counters, EVENTS);
    if (nameRow) {
      count(nameRow.counters, EVENTS);
      this.#note(nameRow, context);
    }
    if (this.#times) count(sum, DURATION_MS, this.#times.gap[index] ?? 0);
    if ((flagged & EVENT_FLAGS.delayed) !== 0) count(sum, DELAYED);
    switch (type) {
      case 'page_view': {
        count(sum, PAGE_VIEWS);
        const view = this.#event.view[index] ?? 0;
        if (view === 1) count(sum, SESSIONS);
        else if (view === 2) count(sum, SECOND_VIEWS);
        else if (view === 0) this.#addUnnumbered(piece);
        if (nameRow) count(nameRow.counters, PAGE_VIEWS);
        if (pageRow) {
          count(pageRow.counters, PAGE_VIEWS);
          if ((flagged & EVENT_FLAGS.firstOnPage) !== 0) count(pageRow.counters, SESSIONS);
          this.#note(pageRow, context);
        }
        if (tables.page || tables.journey) this.#addWay(tables, index);
        break;
      }
      case 'click': {
        const targetRow = tables.clickTarget?.at(index);
        const onPage = tables.clickOnPage?.at(index, index);
        count(sum, CLICKS);
        for (const row of [pageRow, nameRow, targetRow, onPage]) if (row) count(row.counters, CLICKS);
        this.#note(targetRow, context);
        break;
      }
      case 'conversion':
        this.#addConversion(piece, index, pageRow, nameRow);
        break;
      case 'page_exit':
      case 'heartbeat':
      case 'scroll': {
        const engaged = this.#engaged[index] ?? 0;
        count(sum, ENGAGED_MS, engaged);
        if (pageRow) count(pageRow.counters, ENGAGED_MS, engaged);
      }
    }
    if (tables.ofEvent.length > 0) this.#addToAxes(piece, index, type);
  }

  /** A view that came from another. */
  #addWay({ page, fromPage, journey }: ChunkTables, index: number): void {
    if (this.#event.fromPage.codes[index] === 0 || this.#event.page.codes[index] === 0) return;
    const from = fromPage?.at(index)?.counters;
    if (page && from) count(from, CONTINUED);
    const way = journey?.at(index, index)?.counters;
    if (way) count(way, PAGE_VIEWS);
  }

  #addConversion(
    { context, tables, sum, payments }: Piece,
    index: number,
    pageRow: ChunkRow | undefined,
    nameRow: ChunkRow | undefined,
  ): void {
    const typeRow = tables.conversionType?.at(index);
    const isFirst = this.#event.nth[index] === 1;
    count(sum, CONVERSIONS);
    if (isFirst) count(sum, CONVERTING_SESSIONS);
    for (const row of [pageRow, nameRow]) {
      if (!row) continue;
      count(row.counters, CONVERSIONS);
      if (isFirst) count(row.counters, CONVERTING_SESSIONS);
    }
    if (typeRow) {
      count(typeRow.counters, CONVERSIONS);
      if (this.#event.nthOfType[index] === 1) count(typeRow.counters, CONVERTING_SESSIONS);
    }
    this.#note(typeRow, context);
    const payment = this.#toPayment(index);
    if (!payment) return;
    payments.push(payment);
    for (const row of [pageRow, nameRow, typeRow]) this.#addMoney(row, payment);
  }

  #toPayment(index: number): Payment | undefined {
    const currency = this.#event.kinds[this.#event.kind[index] ?? 0]?.currency;
    const micros = this.#event.micros[index] ?? Number.NaN;
    return currency === undefined || Number.isNaN(micros) ? undefined : { currency, micros };
  }

  /** Rows that rollups do not have: of what the event itself counts. */
  #addToAxes({ context, tables }: Piece, index: number, type: string | undefined): void {
    for (const axis of tables.ofEvent) {
      const row = axis.at(context, index);
      if (!row) continue;
      count(row.counters, EVENTS);
      if (type === 'page_view') count(row.counters, PAGE_VIEWS);
      else if (type === 'click') count(row.counters, CLICKS);
      else if (type === 'conversion') count(row.counters, CONVERSIONS);
      else count(row.counters, ENGAGED_MS, this.#engaged[index] ?? 0);
      this.#note(row, context);
      const payment = type === 'conversion' ? this.#toPayment(index) : undefined;
      if (payment) this.#addMoney(row, payment);
    }
  }

  /** A session whose views carry no ordinal is counted by its hash; so is each where single events pass. */
  #addUnnumbered(piece: Piece): void {
    const { context, bucket } = piece;
    piece.isUnnumbered = true;
    const session = this.#context.session[context] ?? 0;
    bucket.rollup.unnumbered_sessions.addHalves(
      this.#session.high[session] ?? 0,
      this.#session.low[session] ?? 0,
    );
  }

  #addPiece(piece: Piece): void {
    const { context, slot, bucket, tables, sum, payments } = piece;
    const { visitor, duration } = this.#context;
    const { plan } = this.numbers;
    if (!this.#times) sum[DURATION_MS] = duration[context] ?? 0;
    if (plan.level === 'event') {
      // The first view of a session may be none of those that pass.
      sum[SESSIONS] = 0;
      sum[SECOND_VIEWS] = 0;
      sum[CONVERTING_SESSIONS] = 0;
      this.#addUnnumbered(piece);
    } else this.#sumSession(piece);
    addTo(bucket.rollup.totals, sum);
    if (plan.fiveMinuteTotals) addTo(countersAt(bucket.rollup.fiveMinuteTotals, slot * FIVE_MINUTES_MS), sum);
    if (plan.fiveMinuteTotals && plan.goal && (sum[SESSIONS] ?? 0) > 0) this.#noteHour(piece);
    bucket.rollup.visitors.addHalves(visitor.high[context] ?? 0, visitor.low[context] ?? 0);
    for (const { currency, micros } of payments) addMoney(bucket.rollup, currency, micros, 1);
    for (const rows of tables.session) this.#addToRow(rows.at(context), piece);
    for (const axis of tables.ofContext) this.#addToRow(axis.at(context, 0), piece);
  }

  #sumSession({ context, sum, isUnnumbered }: Piece): void {
    const number = this.#context.session[context] ?? 0;
    const [high, low] = [this.#session.high[number] ?? 0, this.#session.low[number] ?? 0];
    this.numbers.facts.sums?.add(high, low, sum, isUnnumbered);
  }

  #addToRow(row: ChunkRow | undefined, { context, sum, payments }: Piece): void {
    if (!row) return;
    addList(row.counters, sum);
    this.#note(row, context);
    for (const payment of payments) this.#addMoney(row, payment);
  }

  /** Notes the visitor, and the session where rows count them, once a context. */
  #note(row: ChunkRow | undefined, context: number): void {
    if (!row?.fact || row.lastContext === context) return;
    row.lastContext = context;
    const { visitor, session } = this.#context;
    const { facts } = this.numbers;
    facts.addVisitor(row.fact, visitor.high[context] ?? 0, visitor.low[context] ?? 0);
    const number = session[context] ?? 0;
    const [high, low] = [this.#session.high[number] ?? 0, this.#session.low[number] ?? 0];
    this.numbers.goal?.addToRow(row.fact.row, high, low);
    if (row.countsSessions) facts.addSession(row.fact, high, low);
  }

  /** A session counts in the hour of the week that it began in. */
  #noteHour({ context, slot }: Piece): void {
    const { facts, goal, plan } = this.numbers;
    const fact = facts.at(BEGAN_IN_HOUR, hourOfWeek(slot * FIVE_MINUTES_MS, plan.calendar));
    const number = this.#context.session[context] ?? 0;
    if (fact) goal?.addToRow(fact.row, this.#session.high[number] ?? 0, this.#session.low[number] ?? 0);
  }

  #addMoney(row: ChunkRow | undefined, { currency, micros }: Payment): void {
    if (row?.fact) this.numbers.facts.addMoney(row.fact, currency, micros);
  }
}
