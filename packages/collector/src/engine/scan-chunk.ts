/** Counts one chunk: what `addBatch` counts of a batch, this counts of the events of a context that arrived together. Pure. */
import { type Chunk, EVENT_FLAGS } from '../columns/chunk.js';
import { addMoney, FIVE_MINUTES_MS } from '../rollup/aggregate.js';
import { countersAt } from '../rollup/row-set.js';
import { type ChunkRows, NO_ROW, type PairRows } from './chunk-rows.js';
import { ChunkTables } from './chunk-tables.js';
import { sumContexts } from './context-sums.js';
import { RowCounting } from './count-rows.js';
import {
  addTo,
  CLICKS,
  CONVERSIONS,
  CONVERTING_SESSIONS,
  count,
  createCounters,
  DELAYED,
  DURATION_MS,
  ENGAGED_MS,
  ENGAGED_SESSIONS,
  EVENTS,
  PAGE_VIEWS,
  SECOND_VIEWS,
  SESSIONS,
} from './counter-list.js';
import { CLICK, CONVERSION, ENGAGING, PAGE_VIEW, toEventClasses } from './event-classes.js';
import { BEGAN_IN_HOUR, hourOfWeek } from './hour-of-week.js';
import type { Numbers, NumbersBucket } from './numbers.js';
import { countsVisitors, needsArrivals } from './numbers-plan.js';
import { listPayments, toPayment } from './payments.js';
import { NO_PAYMENT, NO_PAYMENTS, type Piece } from './piece.js';
import type { Selection } from './selection.js';
import type { SessionSums } from './session-sums.js';

/** Counts what is selected of a chunk. */
export function scanChunk(numbers: Numbers, chunk: Chunk, selection: Selection): void {
  new ChunkScan(numbers, chunk, selection).run();
  numbers.bound(chunk.over);
}

class ChunkScan {
  readonly #context;
  readonly #event;
  readonly #classes;
  readonly #countsVisitors: boolean;
  readonly #rows;
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
    this.#event = chunk.event();
    this.#classes = toEventClasses(this.#event.kinds);
    this.#countsVisitors = countsVisitors(numbers.plan);
    this.#rows = new RowCounting(numbers, chunk);
    if (needsArrivals(numbers.plan, chunk)) this.#times = { arrival: chunk.arrival(), gap: chunk.time().gap };
  }

  run(): void {
    if (this.#times || this.selection.events) this.#addPieces();
    else this.#addContexts();
    for (const tables of this.#tables.values()) tables.flush();
  }

  /** Whole contexts in one bucket: by what all their events add up to. */
  #addContexts(): void {
    const { contexts } = this.selection;
    const { count: all, firstEvent } = this.#context;
    const bucket = this.#findBucket(0);
    if (!bucket) return;
    const tables = this.#getTables(bucket);
    const { plan, facts } = this.numbers;
    const hasRows = tables.session.length + tables.ofContext.length > 0;
    const total = plan.totals === false ? undefined : createCounters();
    const fill = total || hasRows ? this.#sumOfContext() : undefined;
    // Most of what rows of single events ask for: what their sessions did.
    const addSession = facts.sums && !fill ? this.#sumSessionOfContext(facts.sums) : undefined;
    const isNoted = hasRows || countsVisitors(plan);
    const payments = total || hasRows ? listPayments(this.chunk) : NO_PAYMENTS;
    const ofPiece = { bucket, tables, sum: this.#sum, payments: NO_PAYMENT };
    const piece: Piece = { ...ofPiece, context: 0, slot: 0, isUnnumbered: false };
    const { sum } = piece;
    const { kind } = this.#event;
    const { countedKinds } = tables;
    for (let context = 0; context < all; context += 1) {
      if (contexts && contexts[context] !== 1) continue;
      const start = firstEvent[context] ?? 0;
      const end = firstEvent[context + 1] ?? 0;
      if (start === end) continue;
      if (tables.needsEvents)
        for (let index = start; index < end; index += 1)
          if (countedKinds[kind[index] ?? 0] === 1) this.#rows.addEvent(tables, context, index);
      piece.context = context;
      addSession?.(context);
      if (fill) {
        fill(piece);
        this.#sumSession(piece);
      }
      if (!isNoted) continue;
      if (total)
        for (let place = 0; place < sum.length; place += 1)
          total[place] = (total[place] ?? 0) + (sum[place] ?? 0);
      piece.payments = payments.get(context) ?? NO_PAYMENT;
      this.#noteContext(piece);
    }
    if (total) addTo(bucket.rollup.totals, total);
  }

  /** Makes what its context adds up to the sum of a piece. */
  #sumOfContext(): (piece: Piece) => void {
    const { firstEvent, duration } = this.#context;
    const sums = sumContexts(this.chunk);
    return (piece) => {
      const { context, sum } = piece;
      sum[EVENTS] = (firstEvent[context + 1] ?? 0) - (firstEvent[context] ?? 0);
      sum[PAGE_VIEWS] = sums.pageViews[context] ?? 0;
      sum[CLICKS] = sums.clicks[context] ?? 0;
      sum[CONVERSIONS] = sums.conversions[context] ?? 0;
      sum[SESSIONS] = sums.firstViews[context] ?? 0;
      sum[SECOND_VIEWS] = sums.secondViews[context] ?? 0;
      sum[CONVERTING_SESSIONS] = sums.firstConversions[context] ?? 0;
      sum[DURATION_MS] = duration[context] ?? 0;
      sum[ENGAGED_MS] = sums.engaged[context] ?? 0;
      sum[DELAYED] = sums.delayed[context] ?? 0;
      sum[ENGAGED_SESSIONS] = sums.engagedSessions[context] ?? 0;
      piece.isUnnumbered = false;
      if ((sums.unnumberedViews[context] ?? 0) > 0) this.#addUnnumbered(piece);
    };
  }

  #sumSessionOfContext(sums: SessionSums): (context: number) => void {
    const { session, duration } = this.#context;
    const { high, low } = this.chunk.ids().session;
    const ofContexts = sumContexts(this.chunk);
    return (context) => {
      const number = session[context] ?? 0;
      sums.addContext(high[number] ?? 0, low[number] ?? 0, ofContexts, context, duration[context] ?? 0);
    };
  }

  #addPieces(): void {
    const { contexts } = this.selection;
    for (let context = 0; context < this.#context.count; context += 1)
      if (!contexts || contexts[context] === 1) this.#addContext(context);
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

  #addEvent(piece: Piece, index: number): void {
    const { context, tables, sum, payments } = piece;
    const ofEvent = this.#classes[this.#event.kind[index] ?? 0];
    count(sum, EVENTS);
    if (this.#times) count(sum, DURATION_MS, this.#times.gap[index] ?? 0);
    const flagged = this.#event.flags[index] ?? 0;
    if ((flagged & EVENT_FLAGS.delayed) !== 0) count(sum, DELAYED);
    if ((flagged & EVENT_FLAGS.engaged) !== 0) count(sum, ENGAGED_SESSIONS);
    if (ofEvent === PAGE_VIEW) {
      count(sum, PAGE_VIEWS);
      const view = this.#event.view[index] ?? 0;
      if (view === 1) count(sum, SESSIONS);
      else if (view === 2) count(sum, SECOND_VIEWS);
      else if (view === 0) this.#addUnnumbered(piece);
    } else if (ofEvent === CLICK) count(sum, CLICKS);
    else if (ofEvent === ENGAGING) count(sum, ENGAGED_MS, this.chunk.engagement().engaged[index] ?? 0);
    else if (ofEvent === CONVERSION) {
      count(sum, CONVERSIONS);
      if (this.#event.nth[index] === 1) count(sum, CONVERTING_SESSIONS);
      const payment = toPayment(this.#event, index);
      if (payment) payments.push(payment);
    }
    if (tables.needsEvents) this.#rows.addEvent(tables, context, index);
  }

  /** A session whose views carry no ordinal is counted by its hash; so is each where single events pass. */
  #addUnnumbered(piece: Piece): void {
    const { context, bucket } = piece;
    piece.isUnnumbered = true;
    if (this.numbers.plan.totals === false) return;
    const { high, low } = this.chunk.ids().session;
    const session = this.#context.session[context] ?? 0;
    bucket.rollup.unnumbered_sessions.addHalves(high[session] ?? 0, low[session] ?? 0);
  }

  #addPiece(piece: Piece): void {
    const { context, slot, bucket, sum } = piece;
    const { plan } = this.numbers;
    if (!this.#times) sum[DURATION_MS] = this.#context.duration[context] ?? 0;
    if (plan.level === 'event') {
      // The first view of a session may be none of those that pass.
      sum[SESSIONS] = 0;
      sum[SECOND_VIEWS] = 0;
      sum[CONVERTING_SESSIONS] = 0;
      sum[ENGAGED_SESSIONS] = 0;
      this.#addUnnumbered(piece);
    } else this.#sumSession(piece);
    addTo(bucket.rollup.totals, sum);
    if (plan.fiveMinuteTotals) addTo(countersAt(bucket.rollup.fiveMinuteTotals, slot * FIVE_MINUTES_MS), sum);
    if (plan.fiveMinuteTotals && plan.goal && (sum[SESSIONS] ?? 0) > 0) this.#noteHour(piece);
    this.#noteContext(piece);
  }

  /** Who it is, what was paid, and the rows that are of contexts. */
  #noteContext(piece: Piece): void {
    const { context, bucket, tables, payments } = piece;
    const { high, low } = this.#context.visitor;
    bucket.rollup.knowsEngaged &&= this.#event.knowsEngaged;
    if (this.#countsVisitors) bucket.rollup.visitors.addHalves(high[context] ?? 0, low[context] ?? 0);
    for (const { currency, micros } of payments) addMoney(bucket.rollup, currency, micros, 1);
    for (const rows of tables.session) this.#addToRow(rows, rows.at(context), piece);
    for (const axis of tables.ofContext) this.#addToRow(axis.rows, axis.at(context, 0), piece);
  }

  #sumSession({ context, sum, isUnnumbered }: Piece): void {
    const { sums } = this.numbers.facts;
    if (!sums) return;
    const { high, low } = this.chunk.ids().session;
    const number = this.#context.session[context] ?? 0;
    sums.add(high[number] ?? 0, low[number] ?? 0, sum, isUnnumbered);
  }

  #addToRow(rows: ChunkRows | PairRows, row: number, { context, sum, payments }: Piece): void {
    if (row === NO_ROW) return;
    rows.addList(row, sum);
    this.#rows.note(rows, row, context);
    for (const payment of payments) this.#rows.addMoney(rows, row, payment);
  }

  /** A session counts in the hour of the week that it began in. */
  #noteHour({ context, slot }: Piece): void {
    const { facts, goal, plan } = this.numbers;
    const fact = facts.at(BEGAN_IN_HOUR, hourOfWeek(slot * FIVE_MINUTES_MS, plan.calendar));
    const { high, low } = this.chunk.ids().session;
    const number = this.#context.session[context] ?? 0;
    if (fact) goal?.addToRow(fact.row, high[number] ?? 0, low[number] ?? 0);
  }
}
