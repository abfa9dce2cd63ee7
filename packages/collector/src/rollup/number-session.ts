/** Gives events without ordinals, as a server sends them, those that the session's log implies. Pure. */
import { SESSION_TIMEOUT_MS } from '@liveinsight/schema';
import { toPage } from '../events/page-path.js';
import type { StoredBatch, StoredEvent } from '../storage/event-store.js';
import { hasOrdinals, lacksOrdinals } from '../storage/ordinals.js';

/** What a tracker counts of its session; undefined where there is nothing to count, or it is not known. */
export interface Ordinals {
  view: number | undefined;
  first_on_page: boolean | undefined;
  from_page: string | undefined;
  nth: number | undefined;
  nth_of_type: number | undefined;
  gap_ms: number | undefined;
  /** Whether the session became engaged with it. */
  engaged: boolean | undefined;
}

/** What numbering needs of an event. */
export interface OutlineEvent extends Ordinals {
  event_id: string;
  timestamp: number;
  kind: 'view' | 'conversion' | 'other';
  page: string | undefined;
  conversion_type: string | undefined;
}

/** What numbering needs of a batch: a small part of what it may hold. */
export interface Outline {
  batch: string;
  received_at: number;
  fields: Omit<StoredBatch, 'events'>;
  /** Whether its events must be numbered by what else is stored of their session. */
  lacks: boolean;
  /** Whether its sender measures time by itself. */
  isTimed: boolean;
  events: OutlineEvent[];
}

/** A batch as its session numbers it. */
export interface SessionNumbers {
  /** Of its events, in their order. */
  ordinals: Ordinals[];
  /** Whose facts it takes, and the session's entry page; undefined for a tracker's, which brings its own. */
  facts: { owner: Omit<StoredBatch, 'events'>; entryPage: string | undefined } | undefined;
}

export function toOutline({ events, ...fields }: StoredBatch): Outline {
  return {
    batch: fields.batch,
    received_at: fields.received_at,
    fields,
    lacks: lacksOrdinals(events),
    isTimed: events.some(hasOrdinals),
    events: events.map(outlineOfEvent),
  };
}

function outlineOfEvent(event: StoredEvent): OutlineEvent {
  const view = event.event_type === 'page_view' ? event : undefined;
  const conversion = event.event_type === 'conversion' ? event : undefined;
  return {
    event_id: event.event_id,
    timestamp: event.timestamp,
    kind: view ? 'view' : conversion ? 'conversion' : 'other',
    page: event.page_url === undefined ? undefined : toPage(event.page_url),
    conversion_type: conversion?.conversion_type,
    view: view?.view,
    first_on_page: view?.first_on_page,
    from_page: view?.from_page,
    nth: conversion?.nth,
    nth_of_type: conversion?.nth_of_type,
    gap_ms: event.gap_ms,
    engaged: event.engaged,
  };
}

/**
 * Numbers a session from its first batch without ordinals on, in order of arrival; batches before it keep their own
 * ordinals, whose places are taken. What a batch gets depends on no later arrival, so that every aggregation,
 * at any time, counts the same: exactly one view of the session is its first, one its second, and the same for the rest.
 *
 * @param batches all that is stored of one session
 * @returns what differs from what is stored, by the batch's name
 */
export function numberSession(batches: readonly Outline[]): Map<string, SessionNumbers> {
  const numbered = new Map<string, SessionNumbers>();
  const session = new SessionCount();
  for (const batch of batches.toSorted(byArrival)) {
    session.begin(batch);
    if (numbered.size === 0 && !batch.lacks) {
      for (const event of batch.events) session.take(event);
      continue;
    }
    const ordinals = batch.events.map((event) => session.number(event));
    numbered.set(batch.batch, { ordinals, facts: batch.lacks ? session.facts(batch) : undefined });
  }
  return numbered;
}

/** The batch as numbered; its events are changed in place. */
export function withNumbers(batch: StoredBatch, { ordinals, facts }: SessionNumbers): StoredBatch {
  for (const [index, event] of batch.events.entries()) Object.assign(event, ordinals[index]);
  return facts ? withFacts(batch, facts) : batch;
}

/** What the session's own batch says of it: a server's request says nothing of the visitor's device. */
export function withFacts<Batch extends Omit<StoredBatch, 'events'>>(
  batch: Batch,
  { owner, entryPage }: NonNullable<SessionNumbers['facts']>,
): Batch {
  const { batch: name, received_at, expires_at, user_id = owner.user_id, sent_at, dropped } = batch;
  const own = { batch: name, received_at, expires_at, user_id, sent_at, dropped };
  const facts = { ...batch, ...absent(batch), ...owner, ...own, entry_page: entryPage };
  for (const [field, value] of Object.entries(facts))
    if (value === undefined) Reflect.deleteProperty(facts, field);
  return facts;
}

const absent = (fields: object): object =>
  Object.fromEntries(Object.keys(fields).flatMap((name) => (name === 'events' ? [] : [[name, undefined]])));

const byArrival = (a: Outline, b: Outline): number =>
  a.received_at - b.received_at || (a.batch < b.batch ? -1 : 1);

/** What has been counted of a session so far. */
class SessionCount {
  readonly #seen = new Set<string>();
  /** View ordinals that are given: of 1 and 2, which are all that numbers ask for. */
  readonly #views = new Set<number>();
  readonly #pages = new Set<string>();
  readonly #conversionTypes = new Set<string>();
  #hasConverted = false;
  /** Whether a view has been counted that came from no other. */
  #hasStart = false;
  #lastPage: string | undefined;
  /** Whether a view without ordinals has been counted: the tracker's page before is not the one before any more. */
  #countsPath = false;
  #isTimed = false;
  #isEngaged = false;
  /** Whether there is a reason for it to be engaged. */
  #mayEngage = false;
  #hasView = false;
  #earliest = Number.POSITIVE_INFINITY;
  #latest = Number.NEGATIVE_INFINITY;
  /** Whom the session belongs to: the first batch of a tracker, else the first. */
  #owner: Outline | undefined;
  #entryPage: string | undefined;

  begin(batch: Outline): void {
    const { entry_page } = batch.fields;
    if (!this.#owner || (this.#owner.lacks && !batch.lacks)) {
      this.#owner = batch;
      this.#entryPage = entry_page ?? this.#entryPage;
    }
    this.#entryPage ??= entry_page ?? batch.events.find(({ kind, page }) => kind === 'view' && page)?.page;
    this.#isTimed ||= batch.isTimed;
  }

  facts(batch: Outline): SessionNumbers['facts'] {
    return { owner: (this.#owner ?? batch).fields, entryPage: this.#entryPage };
  }

  /** Counts an event as it numbers itself. */
  take(event: OutlineEvent): void {
    const { kind, page, conversion_type: type = '' } = event;
    this.#seen.add(event.event_id);
    this.#isEngaged ||= event.engaged === true;
    this.#noteTime(event.timestamp);
    if (kind === 'view') {
      this.#hasView = true;
      if (event.view) this.#views.add(event.view);
      if (event.first_on_page && page !== undefined) this.#pages.add(page);
      this.#hasStart ||= !event.from_page;
      this.#lastPage = page ?? this.#lastPage;
    } else if (kind === 'conversion') {
      this.#hasConverted ||= event.nth === 1;
      if (event.nth_of_type === 1) this.#conversionTypes.add(type);
    }
  }

  /** The event as the session's log numbers it. One that was stored before counts as nothing new. */
  number(event: OutlineEvent): Ordinals {
    const isRepeated = this.#seen.has(event.event_id);
    this.#seen.add(event.event_id);
    const { view, first_on_page, from_page, nth, nth_of_type } = event;
    const gap_ms = event.gap_ms ?? (this.#isTimed || isRepeated ? undefined : this.#gapTo(event.timestamp));
    this.#noteTime(event.timestamp);
    const engaged = this.#becomesEngaged(event, isRepeated) || undefined;
    const numbered: Ordinals = { view, first_on_page, from_page, nth, nth_of_type, gap_ms, engaged };
    // A tracker that can't know says 0: its sessions are counted by their ids.
    if (event.kind === 'view' && view !== 0) this.#numberView(event, isRepeated, numbered);
    if (event.kind === 'conversion' && nth !== 0) this.#numberConversion(event, isRepeated, numbered);
    return numbered;
  }

  /** By what its tracker says, or a conversion that a server sent. Without a page view there is no session that could be engaged. */
  #becomesEngaged({ kind, nth, engaged }: OutlineEvent, isRepeated: boolean): boolean {
    if (isRepeated || this.#isEngaged) return false;
    this.#hasView ||= kind === 'view';
    this.#mayEngage ||= engaged === true || (kind === 'conversion' && nth !== 0);
    this.#isEngaged = this.#hasView && this.#mayEngage;
    return this.#isEngaged;
  }

  #numberView({ view, page, from_page }: OutlineEvent, isRepeated: boolean, numbered: Ordinals): void {
    const free = this.#views.has(1) ? (this.#views.has(2) ? 3 : 2) : 1;
    this.#countsPath ||= view === undefined;
    const previousPage = view === undefined || !this.#countsPath ? from_page : undefined;
    numbered.view = isRepeated ? 3 : free;
    numbered.first_on_page = !isRepeated && page !== undefined && !this.#pages.has(page);
    numbered.from_page = this.#hasStart ? (previousPage ?? this.#lastPage) : undefined;
    this.#views.add(numbered.view);
    this.#hasStart = true;
    if (page !== undefined) this.#pages.add(page);
    this.#lastPage = page ?? this.#lastPage;
  }

  #numberConversion(
    { conversion_type: type = '' }: OutlineEvent,
    isRepeated: boolean,
    numbered: Ordinals,
  ): void {
    numbered.nth = isRepeated || this.#hasConverted ? 2 : 1;
    numbered.nth_of_type = isRepeated || this.#conversionTypes.has(type) ? 2 : 1;
    this.#hasConverted = true;
    this.#conversionTypes.add(type);
  }

  #noteTime(at: number): void {
    this.#earliest = Math.min(this.#earliest, at);
    this.#latest = Math.max(this.#latest, at);
  }

  /** Time that the session has become longer by. */
  #gapTo(at: number): number {
    if (this.#latest < this.#earliest) return 0;
    const longer = Math.max(at - this.#latest, this.#earliest - at, 0);
    return Math.min(longer, SESSION_TIMEOUT_MS);
  }
}
