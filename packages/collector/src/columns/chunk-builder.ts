/** Makes a chunk of batches as the log has them, in memory. */
import type { Traffic } from '@liveinsight/schema';
import { boundKey } from '../events/bound-key.js';
import {
  clickTarget,
  eventName,
  formTarget,
  type SessionValues,
  sessionValues,
} from '../events/dimensions.js';
import { toMicros } from '../events/money.js';
import { getHost, toPage } from '../events/page-path.js';
import { isOfTraffic } from '../events/traffic.js';
import type { StoredBatch, StoredEvent } from '../storage/event-store.js';
import { createTimeSlice } from '../time-slice.js';
import { type Chunk, EVENT_FLAGS, NO_SCROLL } from './chunk.js';
import { ChunkRows } from './chunk-rows.js';
import type { Hash } from './context-rows.js';
import { toProperties } from './event-properties.js';
import type { ColumnEvent } from './event-rows.js';

export interface ChunkOptions {
  /** 64-bit keyed hash of a visitor, session or user id: all that a chunk has of it. */
  hash: (id: string) => bigint;
  /** Whose events are wanted. Default: people's. */
  traffic?: Traffic;
  /** Arrivals in ms; `to` exclusive. */
  from: number;
  to: number;
}

export interface ChunkBuilder {
  /** Events that were added, without those that are left out. */
  readonly events: number;
  /** Adds a batch, in any order: each once, numbered as the log is read for numbers. */
  add(batch: StoredBatch, values?: SessionValues): void;
  /**
   * To be called once, at the end.
   * @param to where it ends earlier than was expected
   */
  build(to?: number): Chunk;
  /** The same, in steps between which the process serves others. */
  buildInSteps(to?: number): Promise<Chunk>;
}

export function createChunkBuilder({ hash, traffic = 'people', from, to }: ChunkOptions): ChunkBuilder {
  const rows = new ChunkRows();
  const toHash = (id: string): Hash => splitHash(hash(id));
  return {
    get events() {
      return rows.events;
    },
    add(batch, values) {
      const { events, received_at: arrival, user_id } = batch;
      if (events.length === 0) return;
      if (!isOfTraffic(batch, traffic)) {
        if (batch.bot) rows.botEvents += events.length;
        return;
      }
      const context = {
        session: toHash(batch.session_id),
        visitor: toHash(batch.visitor_id),
        user: user_id === undefined ? NO_HASH : toHash(user_id),
        values: values ?? sessionValues(batch),
      };
      const row = rows.findContext(context, arrival);
      for (const event of events) rows.addEvent(row, toColumnEvent(event, arrival), toProperties(event));
    },
    build: (end = to) => rows.finish(from, end),
    async buildInSteps(end = to) {
      const slice = createTimeSlice();
      const steps = rows.finishInSteps(from, end);
      for (;;) {
        const { done, value } = steps.next();
        if (done) return value;
        await slice();
      }
    },
  };
}

const NO_HASH: Hash = { high: 0, low: 0 };

function splitHash(hash: bigint): Hash {
  return { high: Number(hash >> 32n), low: Number(hash & 0xffffffffn) };
}

function toColumnEvent(event: StoredEvent, arrival: number): ColumnEvent {
  const view = event.event_type === 'page_view' ? event : undefined;
  const conversion = event.event_type === 'conversion' ? event : undefined;
  const reading = isReading(event) ? event : undefined;
  const amount =
    conversion?.value === undefined || conversion.currency === undefined ? undefined : conversion.value;
  return {
    type: event.event_type,
    label: conversion ? boundKey(conversion.conversion_type) : eventName(event),
    currency: amount === undefined ? undefined : conversion?.currency,
    page: event.page_url === undefined ? undefined : toPage(event.page_url),
    hostname: getHost(event.page_url),
    fromPage: view?.from_page ? toPage(view.from_page) : undefined,
    view: view?.view ?? 0,
    nth: conversion?.nth ?? 0,
    nthOfType: conversion?.nth_of_type ?? 0,
    flags:
      (view?.first_on_page ? EVENT_FLAGS.firstOnPage : 0) |
      (event.delayed ? EVENT_FLAGS.delayed : 0) |
      (event.engaged ? EVENT_FLAGS.engaged : 0),
    micros: amount === undefined ? Number.NaN : toMicros(amount),
    arrival,
    timestamp: event.timestamp,
    gap: event.gap_ms ?? 0,
    engaged: reading?.engaged_ms ?? 0,
    scroll: reading?.scroll_pct === undefined ? NO_SCROLL : Math.floor(reading.scroll_pct),
    title: event.page_title,
    clickTarget: clickTarget(event),
    link: toLink(event),
  };
}

const isReading = (event: StoredEvent) =>
  event.event_type === 'page_exit' || event.event_type === 'heartbeat' || event.event_type === 'scroll';

/** Events of the tracker that have the address they lead to as a property. */
const LINK_EVENTS: readonly string[] = ['outbound_click', 'file_download'];

function toLink(event: StoredEvent): string | undefined {
  switch (event.event_type) {
    case 'click':
      return event.href || undefined;
    case 'form_submit':
      return formTarget(event);
    case 'custom': {
      const url = LINK_EVENTS.includes(event.name) ? event.props?.url : undefined;
      return typeof url === 'string' && url !== '' ? url : undefined;
    }
    default:
      return undefined;
  }
}
