/** The events of a chunk while it is built. */
import { MAX_KEY_CHARS } from '../budgets.js';
import { mayAddCurrency } from '../events/currencies.js';
import type { DetailColumns, EngagementColumns, EventColumns, TextColumn, TimeColumns } from './chunk.js';
import { kindKey, otherKind, parseKind } from './event-kind.js';
import {
  type CodeRows,
  growingBytes,
  growingCodes,
  growingIntegers,
  growingNumbers,
} from './growing-column.js';
import type { TextBudget } from './text-budget.js';
import { TextDictionary } from './text-dictionary.js';

/** An event as columns have it; texts that are undefined are none. */
export interface ColumnEvent {
  type: string;
  /** Type of a conversion, else the event's name. */
  label: string;
  /** Present where it has an amount. */
  currency: string | undefined;
  page: string | undefined;
  hostname: string | undefined;
  fromPage: string | undefined;
  view: number;
  nth: number;
  nthOfType: number;
  flags: number;
  /** In micro-units of its currency; NaN for none. */
  micros: number;
  arrival: number;
  timestamp: number;
  gap: number;
  engaged: number;
  /** `NO_SCROLL` for none. */
  scroll: number;
  title: string | undefined;
  clickTarget: string | undefined;
  link: string | undefined;
}

/** All of a chunk that is by event, but its properties. */
export interface OrderedEvents {
  event: EventColumns;
  engagement: EngagementColumns;
  arrival: Float64Array;
  time: TimeColumns;
  detail: DetailColumns;
}

const MAX_CODE = 0xffff;
const MAX_INTEGER = 0xffffffff;

export class EventRows {
  readonly context = growingIntegers();
  readonly arrival = growingNumbers();
  readonly timestamp = growingNumbers();
  readonly #budget: TextBudget;
  readonly #kind: TextRows;
  readonly #page: TextRows;
  readonly #fromPage: TextRows;
  readonly #hostname: TextRows;
  readonly #title: TextRows;
  readonly #clickTarget: TextRows;
  readonly #link: TextRows;
  readonly #view = growingCodes();
  readonly #nth = growingCodes();
  readonly #nthOfType = growingCodes();
  readonly #flags = growingBytes();
  readonly #micros = growingNumbers();
  readonly #gap = growingIntegers();
  readonly #engaged = growingIntegers();
  readonly #scroll = growingBytes();
  /** Whether all of them say so of their own. */
  knowsEngaged = true;
  readonly #currencies = new Map<string, true>();

  constructor(budget: TextBudget) {
    this.#budget = budget;
    const create = () => new TextRows(new TextDictionary(budget));
    this.#kind = new TextRows(
      new TextDictionary(budget, { maxChars: 2 * MAX_KEY_CHARS, toOther: otherKind }),
    );
    // Both columns have pages, of which each is held once.
    const pages = new TextDictionary(budget);
    this.#page = new TextRows(pages);
    this.#fromPage = new TextRows(pages);
    this.#hostname = create();
    this.#title = create();
    this.#clickTarget = create();
    this.#link = create();
  }

  get length(): number {
    return this.context.length;
  }

  push(context: number, event: ColumnEvent): void {
    const { type, label } = event;
    const currency = this.#withinBudget(event.currency);
    this.context.push(context);
    this.#kind.push(kindKey(type, currency, label));
    this.#page.push(event.page);
    this.#fromPage.push(event.fromPage);
    this.#hostname.push(event.hostname);
    this.#title.push(event.title);
    this.#clickTarget.push(event.clickTarget);
    this.#link.push(event.link);
    this.#view.push(Math.min(event.view, MAX_CODE));
    this.#nth.push(Math.min(event.nth, MAX_CODE));
    this.#nthOfType.push(Math.min(event.nthOfType, MAX_CODE));
    this.#flags.push(event.flags);
    this.#micros.push(currency === undefined ? Number.NaN : event.micros);
    this.arrival.push(event.arrival);
    this.timestamp.push(event.timestamp);
    this.#gap.push(toInteger(event.gap));
    this.#engaged.push(toInteger(event.engaged));
    this.#scroll.push(event.scroll);
  }

  /** The currency unless it is one too many, as in rollups. */
  #withinBudget(currency: string | undefined): string | undefined {
    if (currency === undefined || this.#currencies.has(currency)) return currency;
    if (mayAddCurrency(currency, this.#currencies)) {
      this.#currencies.set(currency, true);
      return currency;
    }
    this.#budget.count('dropped.currency');
    return undefined;
  }

  /** Yields where others may work: a step takes some ten ms of a million events. */
  *finish(rows: Uint32Array): Generator<void, OrderedEvents> {
    const [page, fromPage] = this.#page.dictionary.finish([rows, rows]);
    yield;
    const { codes: kind, values } = this.#kind.finish(rows);
    yield;
    const hostname = this.#hostname.finish(rows);
    yield;
    const event = {
      count: rows.length,
      // Every event has a kind, so there is no code for none.
      kind: kind.map((code) => code - 1),
      kinds: values.slice(1).map(parseKind),
      page: page ?? NO_TEXT,
      hostname,
      fromPage: fromPage ?? NO_TEXT,
      view: this.#view.pick(rows),
      nth: this.#nth.pick(rows),
      nthOfType: this.#nthOfType.pick(rows),
      flags: this.#flags.pick(rows),
      knowsEngaged: this.knowsEngaged,
      micros: this.#micros.pick(rows),
    };
    yield;
    const [engaged, arrival] = [this.#engaged.pick(rows), this.arrival.pick(rows)];
    yield;
    const timestamp = this.timestamp.pick(rows);
    const time = { timestamp, gap: this.#gap.pick(rows), scroll: this.#scroll.pick(rows) };
    yield;
    const title = this.#title.finish(rows);
    yield;
    const clickTarget = this.#clickTarget.finish(rows);
    yield;
    const detail = { title, clickTarget, link: this.#link.finish(rows) };
    return { event, engagement: { engaged }, arrival, time, detail };
  }
}

const NO_TEXT: TextColumn = { codes: new Uint16Array(0), values: [''] };

class TextRows {
  readonly dictionary: TextDictionary;
  readonly #codes: CodeRows;

  constructor(dictionary: TextDictionary) {
    this.dictionary = dictionary;
    this.#codes = dictionary.createColumn();
  }

  push(value: string | undefined): void {
    this.dictionary.push(this.#codes, value);
  }

  finish(rows: Uint32Array): TextColumn {
    return this.dictionary.finish([rows])[0] ?? NO_TEXT;
  }
}

const toInteger = (value: number): number => Math.min(Math.max(Math.round(value), 0), MAX_INTEGER);
