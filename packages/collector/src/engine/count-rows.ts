/** Counts single events in the rows of a chunk, and notes who is in each row. Pure. */
import { type Chunk, EVENT_FLAGS } from '../columns/chunk.js';
import type { AxisRows } from './axis-rows.js';
import { type ChunkRows, NO_ROW, type PairRows } from './chunk-rows.js';
import type { ChunkTables } from './chunk-tables.js';
import {
  CLICKS,
  CONTINUED,
  CONVERSIONS,
  CONVERTING_SESSIONS,
  ENGAGED_MS,
  EVENTS,
  PAGE_VIEWS,
  SESSIONS,
} from './counter-list.js';
import { CLICK, CONVERSION, ENGAGING, PAGE_VIEW, toEventClasses } from './event-classes.js';
import type { Numbers } from './numbers.js';
import { type Payment, toPayment } from './payments.js';

type AnyRows = ChunkRows | PairRows;

export class RowCounting {
  readonly #event;
  readonly #kind;
  readonly #context;
  readonly #classes;

  constructor(
    readonly numbers: Numbers,
    readonly chunk: Chunk,
  ) {
    this.#event = chunk.event();
    this.#kind = this.#event.kind;
    this.#context = chunk.context();
    this.#classes = toEventClasses(this.#event.kinds);
  }

  /** As `addEvent` of the rollups counts an event. */
  addEvent(tables: ChunkTables, context: number, index: number): void {
    const { page, eventName } = tables;
    const ofEvent = this.#classes[this.#kind[index] ?? 0] ?? 0;
    const pageRow = page ? page.at(index) : NO_ROW;
    const nameRow = eventName ? eventName.at(index) : NO_ROW;
    if (page && pageRow !== NO_ROW) page.count(pageRow, EVENTS);
    if (eventName && nameRow !== NO_ROW) {
      eventName.count(nameRow, EVENTS);
      this.note(eventName, nameRow, context);
    }
    if (ofEvent === PAGE_VIEW) {
      if (eventName && nameRow !== NO_ROW) eventName.count(nameRow, PAGE_VIEWS);
      if (page && pageRow !== NO_ROW) {
        page.count(pageRow, PAGE_VIEWS);
        if (((this.#event.flags[index] ?? 0) & EVENT_FLAGS.firstOnPage) !== 0) page.count(pageRow, SESSIONS);
        this.note(page, pageRow, context);
      }
      if (page || tables.journey) this.#addWay(tables, index);
    } else if (ofEvent === ENGAGING) {
      if (page && pageRow !== NO_ROW)
        page.count(pageRow, ENGAGED_MS, this.chunk.engagement().engaged[index] ?? 0);
    } else if (ofEvent === CLICK) this.#addClick(tables, context, index, pageRow, nameRow);
    else if (ofEvent === CONVERSION) this.#addConversion(tables, context, index, pageRow, nameRow);
    for (const axis of tables.ofEvent) this.#addToAxis(axis, context, index, ofEvent);
  }

  /** Notes the visitor, and the session where rows count them, once a context. */
  note(rows: AnyRows, row: number, context: number): void {
    const fact = rows.facts[row];
    if (!fact || !rows.isNew(row, context)) return;
    const { visitor, session } = this.#context;
    const { facts, goal } = this.numbers;
    facts.addVisitor(fact, visitor.high[context] ?? 0, visitor.low[context] ?? 0);
    if (!goal && !rows.target.countsSessions) return;
    const ids = this.chunk.ids().session;
    const number = session[context] ?? 0;
    const [high, low] = [ids.high[number] ?? 0, ids.low[number] ?? 0];
    goal?.addToRow(fact.row, high, low);
    if (rows.target.countsSessions) facts.addSession(fact, high, low);
  }

  addMoney(rows: AnyRows, row: number, { currency, micros }: Payment): void {
    const fact = rows.facts[row];
    if (fact) this.numbers.facts.addMoney(fact, currency, micros);
  }

  /** A view that came from another. */
  #addWay({ page, fromPage, journey }: ChunkTables, index: number): void {
    if (this.#event.fromPage.codes[index] === 0 || this.#event.page.codes[index] === 0) return;
    const from = page && fromPage ? fromPage.at(index) : NO_ROW;
    if (from !== NO_ROW) fromPage?.count(from, CONTINUED);
    const way = journey ? journey.at(index, index) : NO_ROW;
    if (way !== NO_ROW) journey?.count(way, PAGE_VIEWS);
  }

  #addClick(tables: ChunkTables, context: number, index: number, pageRow: number, nameRow: number): void {
    const { page, eventName, clickTarget, clickOnPage } = tables;
    const targetRow = clickTarget ? clickTarget.at(index) : NO_ROW;
    const onPage = clickOnPage ? clickOnPage.at(index, index) : NO_ROW;
    if (pageRow !== NO_ROW) page?.count(pageRow, CLICKS);
    if (nameRow !== NO_ROW) eventName?.count(nameRow, CLICKS);
    if (onPage !== NO_ROW) clickOnPage?.count(onPage, CLICKS);
    if (!clickTarget || targetRow === NO_ROW) return;
    clickTarget.count(targetRow, CLICKS);
    this.note(clickTarget, targetRow, context);
  }

  #addConversion(
    { page, eventName, conversionType }: ChunkTables,
    context: number,
    index: number,
    pageRow: number,
    nameRow: number,
  ): void {
    const typeRow = conversionType ? conversionType.at(index) : NO_ROW;
    const isFirst = this.#event.nth[index] === 1;
    const payment = toPayment(this.#event, index);
    const add = (rows: AnyRows | undefined, row: number, converts: boolean) => {
      if (!rows || row === NO_ROW) return;
      rows.count(row, CONVERSIONS);
      if (converts) rows.count(row, CONVERTING_SESSIONS);
      if (payment) this.addMoney(rows, row, payment);
    };
    add(page, pageRow, isFirst);
    add(eventName, nameRow, isFirst);
    add(conversionType, typeRow, this.#event.nthOfType[index] === 1);
    if (conversionType && typeRow !== NO_ROW) this.note(conversionType, typeRow, context);
  }

  /** Rows that rollups do not have: of what the event itself counts. */
  #addToAxis(axis: AxisRows, context: number, index: number, ofEvent: number): void {
    const row = axis.at(context, index);
    if (row === NO_ROW) return;
    const { rows } = axis;
    rows.count(row, EVENTS);
    this.note(rows, row, context);
    if (ofEvent === PAGE_VIEW) rows.count(row, PAGE_VIEWS);
    else if (ofEvent === CLICK) rows.count(row, CLICKS);
    else if (ofEvent === ENGAGING) rows.count(row, ENGAGED_MS, this.chunk.engagement().engaged[index] ?? 0);
    else if (ofEvent === CONVERSION) {
      rows.count(row, CONVERSIONS);
      const payment = toPayment(this.#event, index);
      if (payment) this.addMoney(rows, row, payment);
    }
  }
}
