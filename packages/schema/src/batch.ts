import * as v from 'valibot';
import { CLICK_IDS } from './click-ids.js';
import { type Event, EventSchema } from './event.js';
import {
  clientTime,
  filledText,
  flag,
  id,
  integerWithin,
  jsonObject,
  optionalField,
  siteId,
  text,
} from './fields.js';
import {
  MAX_CONTEXT_CHARS,
  MAX_DROP_REASONS,
  MAX_DROPPED_EVENTS,
  MAX_EVENTS_PER_BATCH,
  MAX_NAME_CHARS,
  MAX_TOUCH_POINTS,
  MAX_URL_CHARS,
  MAX_USER_ID_CHARS,
} from './limits.js';

const campaignText = text(MAX_NAME_CHARS);
const contextText = text(MAX_CONTEXT_CHARS);
const url = text(MAX_URL_CHARS);
const clickId = optionalField(
  text(MAX_URL_CHARS),
  'That the address had this click id: its value is not stored.',
);

export const UtmSchema = v.pipe(
  jsonObject,
  v.object({
    source: v.exactOptional(campaignText),
    medium: v.exactOptional(campaignText),
    campaign: v.exactOptional(campaignText),
    term: v.exactOptional(campaignText),
    content: v.exactOptional(campaignText),
    ref: optionalField(
      campaignText,
      'Parameter `ref` or `source` of the session’s first page: where it came from, as `producthunt`.',
    ),
    ...v.entriesFromList(CLICK_IDS, clickId),
  }),
  v.description('Campaign parameters of the session’s first page.'),
);
/** Campaign parameters of the session's first page. */
export type Utm = v.InferOutput<typeof UtmSchema>;

export const SessionSchema = v.pipe(
  jsonObject,
  v.object({
    session_id: optionalField(id, 'The batch’s name where it is missing.'),
    entry_page: optionalField(url, 'The session’s first page, without query.'),
    referrer: optionalField(url, 'Address of the page that led to it; empty for none.'),
    utm: v.exactOptional(UtmSchema),
  }),
  v.description('A session and where it came from, frozen at its start.'),
);

export const ContextSchema = v.pipe(
  jsonObject,
  v.object({
    language: optionalField(contextText, 'As `ko` or `en-GB`.'),
    screen: optionalField(contextText, 'Width and height in CSS pixels, as `1920x1080`.'),
    viewport: optionalField(contextText, 'Width and height in CSS pixels, as `1280x720`.'),
    timezone: optionalField(contextText, 'IANA name, as `Asia/Seoul`.'),
    touch_points: optionalField(
      integerWithin(0, MAX_TOUCH_POINTS),
      'Touches that the screen can tell apart, 0 without a touch screen: an iPad says that it is a Mac.',
    ),
    webdriver: optionalField(flag, 'Whether the browser says that it is automated.'),
  }),
  v.description('What the device says of itself.'),
);
/** What the device says of itself. */
export type Context = v.InferOutput<typeof ContextSchema>;

export const DroppedSchema = v.pipe(
  jsonObject,
  v.record(filledText(MAX_NAME_CHARS), integerWithin(0, MAX_DROPPED_EVENTS)),
  v.maxEntries(MAX_DROP_REASONS, `must have at most ${MAX_DROP_REASONS} reasons`),
  v.description('How many events the client had to give up, by reason.'),
);

const site = optionalField(siteId, 'The site’s id; the collector’s default site where it is missing.');
const visitorId = optionalField(
  id,
  'A device. Where it is missing the collector makes one that holds for a day.',
);
const userId = optionalField(filledText(MAX_USER_ID_CHARS), 'A person as your application knows them.');
const server = optionalField(
  flag,
  'Whether a server sends it, and not the visitor’s device: then the request’s address and user agent say nothing of the visitor.',
);
const sentAt = optionalField(
  clientTime,
  'The client’s clock at this attempt, as `timestamp`: corrects the times of a device whose clock is wrong.',
);

/** All fields of a batch except its events, each of which is validated separately. */
export const EnvelopeSchema = v.object({
  v: v.exactOptional(v.literal(1, 'must be 1')),
  site,
  batch: optionalField(
    id,
    'The batch’s permanent name: `event_id` of the first event of the batch it was first packed into. Events stored under a name are never stored again. If it is missing, the id of the first valid event is used.',
  ),
  session: v.exactOptional(SessionSchema),
  visitor_id: visitorId,
  user_id: userId,
  context: v.exactOptional(ContextSchema),
  server,
  sent_at: sentAt,
  dropped: v.exactOptional(DroppedSchema),
  release: optionalField(
    text(MAX_NAME_CHARS),
    'Version of the site that these events come from, as `2.1.0`.',
  ),
  hash_routes: optionalField(
    flag,
    'Whether fragments of the pages are routes: `/#about` is another page than `/` then. Otherwise only fragments that begin with `#/` or `#!` are stored; one with a value, such as `#access_token=…`, never is.',
  ),
});

export const BatchSchema = v.pipe(
  v.object({
    ...EnvelopeSchema.entries,
    events: v.pipe(
      v.array(EventSchema),
      v.minLength(1, 'must have at least 1 event'),
      v.maxLength(MAX_EVENTS_PER_BATCH, `must have at most ${MAX_EVENTS_PER_BATCH} events`),
      v.description('In order, all of one session.'),
    ),
  }),
  v.description('Events of one session with what they share.'),
);
/** A batch as it travels. */
export type WireBatch = v.InferOutput<typeof BatchSchema>;

/** What a bare event carries beside the event's own fields: the envelope on the same level. */
export const BareEnvelopeSchema = v.object({
  site,
  session_id: optionalField(id, 'The event’s own id where it is missing.'),
  visitor_id: visitorId,
  user_id: userId,
  referrer: optionalField(url, 'Address of the page that led to the session.'),
  server,
  sent_at: sentAt,
});

export const BareEventSchema = v.pipe(
  v.intersect([EventSchema, BareEnvelopeSchema]),
  v.description('A single event without an envelope: a batch of one.'),
);
/** A single event without an envelope. */
export type WireBareEvent = v.InferOutput<typeof BareEventSchema>;

/** A batch that has passed the edge: named, of one session, every event with its id and time. */
export interface Batch {
  /** Absent where the client did not say. */
  site?: string;
  batch: string;
  session: { session_id: string; entry_page?: string; referrer?: string; utm?: Utm };
  visitor_id?: string;
  user_id?: string;
  context: Context;
  /** Whether a server sends it, and not the visitor's device. */
  server?: boolean;
  /** The client's clock at this attempt, in ms; absent where the client did not say. */
  sent_at?: number;
  dropped?: Record<string, number>;
  /** Whether all fragments of the pages are routes. */
  hash_routes?: boolean;
  /** Version of the site that the events come from. */
  release?: string;
  events: Event[];
}
