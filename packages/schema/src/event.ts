import * as v from 'valibot';
import { CURRENCIES } from './currencies.js';
import {
  clientTime,
  filledText,
  flag,
  id,
  integerWithin,
  numberWithin,
  optionalField,
  text,
} from './fields.js';
import {
  MAX_ELEMENT_CHARS,
  MAX_ENGAGED_MS,
  MAX_NAME_CHARS,
  MAX_ORDINAL,
  MAX_TITLE_CHARS,
  MAX_URL_CHARS,
  MAX_VALUE,
  SESSION_TIMEOUT_MS,
} from './limits.js';
import { PropsSchema } from './props.js';

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

const ordinal = integerWithin(0, MAX_ORDINAL);
const name = filledText(MAX_NAME_CHARS);
const url = text(MAX_URL_CHARS);
const elementText = text(MAX_ELEMENT_CHARS);

/** Fields that any event may carry. */
const common = {
  page_url: optionalField(url, 'Address of the page it happened on.'),
  page_title: optionalField(text(MAX_TITLE_CHARS), 'Title of that page.'),
  gap_ms: optionalField(
    integerWithin(0, SESSION_TIMEOUT_MS),
    'Milliseconds since the session’s last event in any tab.',
  ),
  engaged: optionalField(
    flag,
    'True on the one event with which the session became engaged: 10 seconds of engaged time or a second page view where the visitor has done anything, or a conversion.',
  ),
  props: v.exactOptional(PropsSchema),
};

/** Which event it is, and when: what the server fills in where it is missing, therefore last. */
const identity = {
  event_id: optionalField(
    id,
    'Unique per event, and hard to guess, such as a UUID. If it is missing, the server creates one.',
  ),
  timestamp: optionalField(
    clientTime,
    'When it happened by the client’s clock: milliseconds since 1970, or seconds where the number is 946684800 (the year 2000) or more and below 100000000000. The time of arrival where it is missing.',
  ),
};

const element = {
  element_tag: optionalField(elementText, 'Tag name of the element, as `BUTTON`.'),
  element_id: optionalField(elementText, 'Its `id` attribute.'),
  element_class: optionalField(elementText, 'Its `class` attribute.'),
  element_text: optionalField(elementText, 'What it says.'),
  href: optionalField(url, 'Where it leads.'),
};

const engagement = {
  engaged_ms: optionalField(
    integerWithin(0, MAX_ENGAGED_MS),
    'Milliseconds that the page was visible and focused since the last report for it.',
  ),
  scroll_pct: optionalField(numberWithin(0, 100), 'How far down the page was seen, in percent.'),
};

export const PageViewSchema = v.pipe(
  v.object({
    event_type: v.literal('page_view'),
    ...common,
    view: optionalField(
      ordinal,
      'Ordinal of this page view in the session over all tabs; 0 where the client can’t know.',
    ),
    from_page: optionalField(url, 'The page of the session’s page view before this one.'),
    first_on_page: optionalField(flag, 'Whether this is the session’s first view of this page.'),
    ...identity,
  }),
  v.description('A page was shown.'),
);

export const ClickSchema = v.pipe(
  v.object({ event_type: v.literal('click'), ...common, ...element, ...identity }),
  v.description('Something was clicked.'),
);

export const ConversionSchema = v.pipe(
  v.object({
    event_type: v.literal('conversion'),
    ...common,
    conversion_type: v.pipe(name, v.description('What was reached, as `purchase`.')),
    value: optionalField(numberWithin(-MAX_VALUE, MAX_VALUE), 'Money in units of `currency`.'),
    currency: optionalField(
      v.picklist([...CURRENCIES.keys()], 'must be a currency as EUR (ISO 4217, in capital letters)'),
      'ISO 4217 in capital letters, or a known crypto-currency of three letters as `BTC`.',
    ),
    nth: optionalField(ordinal, 'Ordinal of this conversion in the session; 0 where the client can’t know.'),
    nth_of_type: optionalField(ordinal, 'Ordinal among the session’s conversions of this type.'),
    ...identity,
  }),
  v.description('A goal was reached.'),
);

export const HeartbeatSchema = v.pipe(
  v.object({ event_type: v.literal('heartbeat'), ...common, ...engagement, ...identity }),
  v.description('A page is still open and visible.'),
);

export const PageExitSchema = v.pipe(
  v.object({ event_type: v.literal('page_exit'), ...common, ...engagement, ...identity }),
  v.description('A page was left or hidden.'),
);

export const ScrollSchema = v.pipe(
  v.object({ event_type: v.literal('scroll'), ...common, ...engagement, ...identity }),
  v.description('A page was scrolled.'),
);

export const FormSubmitSchema = v.pipe(
  v.object({ event_type: v.literal('form_submit'), ...common, ...element, ...identity }),
  v.description('A form was submitted.'),
);

export const CustomSchema = v.pipe(
  v.object({
    event_type: v.literal('custom'),
    ...common,
    name: v.pipe(name, v.description('What happened, as `signup`.')),
    ...identity,
  }),
  v.description('Anything of your own.'),
);

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

export const EventSchema = v.pipe(
  v.variant('event_type', [
    PageViewSchema,
    ClickSchema,
    ConversionSchema,
    HeartbeatSchema,
    PageExitSchema,
    ScrollSchema,
    FormSubmitSchema,
    CustomSchema,
  ]),
  v.description('What happened, distinguished by `event_type`. Fields that are not named here are ignored.'),
);

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
