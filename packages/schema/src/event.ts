import * as v from 'valibot';
import { clientTime, flag, id, integerWithin, numberWithin, text } from './fields.js';
import {
  MAX_ELEMENT_CHARS,
  MAX_ENGAGED_MS,
  MAX_NAME_CHARS,
  MAX_TITLE_CHARS,
  MAX_URL_CHARS,
  MAX_VALUE,
  SESSION_TIMEOUT_MS,
} from './limits.js';
import { props } from './props.js';

/** What can happen. Anything of your own is `custom` with a `name`. */
export const EVENT_TYPES = [
  'page_view',
  'click',
  'conversion',
  'heartbeat',
  'page_exit',
  'scroll',
  'form_submit',
  'custom',
] as const;
export type EventType = (typeof EVENT_TYPES)[number];

/** Names of `custom` events that the optional captures send. */
export const RESERVED_CUSTOM_NAMES = [
  'outbound_click',
  'file_download',
  'rage_click',
  'dead_click',
  'web_vital',
  'error',
] as const;

const ordinal = integerWithin(0, 1_000_000);
const name = v.pipe(text(MAX_NAME_CHARS), v.nonEmpty('must not be empty'));

/** Fields that any event may carry. */
const common = {
  /** Unique per event for ever; the server fills in one where it is missing. */
  event_id: v.exactOptional(id),
  /** When it happened by the client's clock, in ms (or seconds); the time of arrival where it is missing. */
  timestamp: v.exactOptional(clientTime),
  page_url: v.exactOptional(text(MAX_URL_CHARS)),
  page_title: v.exactOptional(text(MAX_TITLE_CHARS)),
  /** Milliseconds since the session's last event in any tab. */
  gap_ms: v.exactOptional(integerWithin(0, SESSION_TIMEOUT_MS)),
  props: v.exactOptional(props),
};

const element = {
  element_tag: v.exactOptional(text(MAX_ELEMENT_CHARS)),
  element_id: v.exactOptional(text(MAX_ELEMENT_CHARS)),
  element_class: v.exactOptional(text(MAX_ELEMENT_CHARS)),
  element_text: v.exactOptional(text(MAX_ELEMENT_CHARS)),
  href: v.exactOptional(text(MAX_URL_CHARS)),
};

const engagement = {
  /** Milliseconds the page was visible and focused since the last report for it. */
  engaged_ms: v.exactOptional(integerWithin(0, MAX_ENGAGED_MS)),
  /** How far down the page was seen, in percent. */
  scroll_pct: v.exactOptional(numberWithin(0, 100)),
};

export const PageViewSchema = v.object({
  event_type: v.literal('page_view'),
  ...common,
  /** Ordinal of this page view in the session over all tabs; 0 where the client can't know. */
  view: v.exactOptional(ordinal),
  /** The page of view n−1 of the session. */
  from_page: v.exactOptional(text(MAX_URL_CHARS)),
  /** Whether this is the session's first view of this page. */
  first_on_page: v.exactOptional(flag),
});

export const ClickSchema = v.object({ event_type: v.literal('click'), ...common, ...element });

export const ConversionSchema = v.object({
  event_type: v.literal('conversion'),
  ...common,
  conversion_type: name,
  /** Money in units of `currency`. */
  value: v.exactOptional(numberWithin(-MAX_VALUE, MAX_VALUE)),
  /** ISO 4217, three capital letters. */
  currency: v.exactOptional(
    v.pipe(v.string('must be a string'), v.regex(/^[A-Z]{3}$/, 'must be three capital letters (ISO 4217)')),
  ),
  /** Ordinal of this conversion in the session; 0 where the client can't know. */
  nth: v.exactOptional(ordinal),
  /** Ordinal among the session's conversions of this type. */
  nth_of_type: v.exactOptional(ordinal),
});

export const HeartbeatSchema = v.object({ event_type: v.literal('heartbeat'), ...common, ...engagement });
export const PageExitSchema = v.object({ event_type: v.literal('page_exit'), ...common, ...engagement });
export const ScrollSchema = v.object({ event_type: v.literal('scroll'), ...common, ...engagement });
export const FormSubmitSchema = v.object({ event_type: v.literal('form_submit'), ...common, ...element });
export const CustomSchema = v.object({ event_type: v.literal('custom'), ...common, name });

export const EVENT_SCHEMAS = {
  page_view: PageViewSchema,
  click: ClickSchema,
  conversion: ConversionSchema,
  heartbeat: HeartbeatSchema,
  page_exit: PageExitSchema,
  scroll: ScrollSchema,
  form_submit: FormSubmitSchema,
  custom: CustomSchema,
} as const satisfies Record<EventType, unknown>;

export const EventSchema = v.variant('event_type', [
  PageViewSchema,
  ClickSchema,
  ConversionSchema,
  HeartbeatSchema,
  PageExitSchema,
  ScrollSchema,
  FormSubmitSchema,
  CustomSchema,
]);

export type PageViewEvent = v.InferOutput<typeof PageViewSchema>;
export type ClickEvent = v.InferOutput<typeof ClickSchema>;
export type ConversionEvent = v.InferOutput<typeof ConversionSchema>;
export type HeartbeatEvent = v.InferOutput<typeof HeartbeatSchema>;
export type PageExitEvent = v.InferOutput<typeof PageExitSchema>;
export type ScrollEvent = v.InferOutput<typeof ScrollSchema>;
export type FormSubmitEvent = v.InferOutput<typeof FormSubmitSchema>;
export type CustomEvent = v.InferOutput<typeof CustomSchema>;

/** An event as it travels: id and time may be missing. */
export type WireEvent = v.InferOutput<typeof EventSchema>;

/** An event that has passed the edge: it has its id and a time in ms. */
export type Event = WireEvent & { event_id: string; timestamp: number };
