/** By what the numbers are broken down, and which value an event or its session has there. */
import { BREAKDOWNS, type Breakdown } from '@liveinsight/schema';
import { MAX_KEY_CHARS } from '../budgets.js';
import type { StoredBatch, StoredEvent } from '../storage/event-store.js';
import { boundKey } from './bound-key.js';
import { toPage } from './page-path.js';
import { visitorType } from './visitor-type.js';

/** Breakdowns that are no dimension of the session. */
const NOT_OF_SESSION = [
  'page',
  'exit_page',
  'event_name',
  'click_target',
  'conversion_type',
  'hour_of_week',
] as const satisfies Breakdown[];

export type SessionDimension = Exclude<Breakdown, (typeof NOT_OF_SESSION)[number]>;

/** Dimensions of the session: every event of a batch counts under the batch's one value. */
export const SESSION_DIMENSIONS: readonly SessionDimension[] = BREAKDOWNS.filter(
  (breakdown): breakdown is SessionDimension => !NOT_OF_SESSION.some((other) => other === breakdown),
);

/** Dimensions of the single event. */
const EVENT_DIMENSIONS = [
  'page',
  'event_name',
  'click_target',
  'conversion_type',
  /** Page and element, for the click map. */
  'click_on_page',
  /** Page to page, for journeys. */
  'journey',
] as const;

export const DIMENSIONS = [...SESSION_DIMENSIONS, ...EVENT_DIMENSIONS] as const;
export type Dimension = (typeof DIMENSIONS)[number];

/** Pairs of values: far more rows than others have, which only journeys and the click map ask for. */
export const EDGE_DIMENSIONS: readonly Dimension[] = ['click_on_page', 'journey'];
export const SINGLE_DIMENSIONS: readonly Dimension[] = DIMENSIONS.filter(
  (dimension) => !EDGE_DIMENSIONS.includes(dimension),
);

/** Stands between the two parts of a pair. No page has it, for it is escaped there; the text of an element may. */
export const EDGE_SEPARATOR = '\u001f';

/** The two parts of a pair: a page, and what was clicked on it or seen after it. */
export function splitEdge(key: string): string[] {
  const index = key.indexOf(EDGE_SEPARATOR);
  return index === -1 ? [key] : [key.slice(0, index), key.slice(index + 1)];
}

/** A key of rows, cut to the length of a key: each part of a pair by itself. */
export const boundRowKey = (key: string): string =>
  // What is short enough as a whole has no part that is not.
  key.length <= MAX_KEY_CHARS ? key : splitEdge(key).map(boundKey).join(EDGE_SEPARATOR);

/** The batch's value in a dimension of its session, cut to the length of a key; undefined where it has none. */
export function sessionValue(batch: StoredBatch, dimension: SessionDimension): string | undefined {
  const value = fullValue(batch, dimension);
  return value === undefined ? undefined : boundKey(value);
}

/** The batch's values in all of them, in their order: to be found out once, and handed on to all that counts the batch. */
export const sessionValues = (batch: StoredBatch): SessionValues =>
  SESSION_DIMENSIONS.map((dimension) => sessionValue(batch, dimension));
export type SessionValues = readonly (string | undefined)[];

function fullValue(batch: StoredBatch, dimension: SessionDimension): string | undefined {
  switch (dimension) {
    case 'utm_source':
      return batch.utm?.source;
    case 'utm_medium':
      return batch.utm?.medium;
    case 'utm_campaign':
      return batch.utm?.campaign;
    case 'utm_term':
      return batch.utm?.term;
    case 'utm_content':
      return batch.utm?.content;
    case 'source':
      return batch.source ?? '(direct)';
    case 'referrer':
      return batch.referrer ? withoutQuery(batch.referrer) : undefined;
    case 'click_id':
    case 'release':
      return batch[dimension];
    case 'visitor_type':
      return visitorType(batch) ?? '(unknown)';
    case 'bot':
      return batch.bot && (batch.bot_name ?? '(unknown)');
    case 'bot_operator':
    case 'bot_category':
    case 'bot_reason':
      return batch.bot && (batch[dimension] ?? '(unknown)');
    case 'entry_page':
      return batch.entry_page && toPage(batch.entry_page);
    default:
      return batch[dimension] ?? '(unknown)';
  }
}

/** Before the name of a property, where it stands among names of dimensions: `prop:plan`. */
export const PROPERTY_PREFIX = 'prop:';

/** What an event is called: its type, or its own name where it is `custom`. */
export const eventName = (event: StoredEvent): string =>
  boundKey(event.event_type === 'custom' ? event.name : event.event_type);

/** How a clicked element is named: by id, else tag with text, else tag with class; cut to the length of a key. */
export const clickTarget = (event: StoredEvent): string | undefined =>
  event.event_type === 'click' ? boundKey(fullTarget(event)) : undefined;

/** Which form was sent: where it leads, else the element. Undefined for any other event, and where nothing is known of it. */
export const formTarget = (event: StoredEvent): string | undefined => {
  if (event.event_type !== 'form_submit') return undefined;
  if (event.href) return event.href;
  return event.element_tag || event.element_id ? fullTarget(event) : undefined;
};

function fullTarget(event: Extract<StoredEvent, { event_type: 'click' | 'form_submit' }>): string {
  const tag = (event.element_tag ?? 'element').toLowerCase();
  if (event.element_id) return `${tag}#${event.element_id}`;
  if (event.element_text) return `${tag} “${event.element_text}”`;
  return event.element_class ? `${tag}.${event.element_class.trim().split(/\s+/).join('.')}` : tag;
}

const withoutQuery = (url: string): string => url.replace(/^https?:\/\//, '').replace(/[?#].*$/s, '');
