/** Alerts: their settings, their state, and the body of a webhook call. */
import * as v from 'valibot';
import { filledText, flag, integerWithin, numberWithin, optionalField } from './fields.js';
import { MAX_NAME_CHARS, MAX_URL_CHARS, MAX_VALUE } from './limits.js';
import { InstantSchema } from './read/words.js';

/** Minutes that an alert can look back. */
export const MAX_ALERT_WINDOW_MINUTES = 1_440;
/** Minutes for which an alert can be made to wait: before it tells, and before it tells again. */
export const MAX_ALERT_WAIT_MINUTES = 10_080;
/** Minutes after which an alert tells again at the earliest, where it does not say. */
export const DEFAULT_COOLDOWN_MINUTES = 10;

/** Numbers of the window that an alert can watch. */
export const ALERT_METRICS = [
  'active_sessions',
  'visitors',
  'sessions',
  'page_views',
  'events',
  'clicks',
  'conversions',
  'conversion_rate',
  'bounce_rate',
] as const;
export type AlertMetric = (typeof ALERT_METRICS)[number];

/** By what an alert can be narrowed to one value. */
export const ALERT_DIMENSIONS = [
  'page',
  'source',
  'channel',
  'utm_campaign',
  'country',
  'device',
  'event_name',
  'conversion_type',
] as const;
export type AlertDimension = (typeof ALERT_DIMENSIONS)[number];

const OF_A_SESSION: readonly AlertMetric[] = [
  'active_sessions',
  'sessions',
  'page_views',
  'events',
  'clicks',
  'conversions',
];
/** Numbers that are known of one value of a dimension as well. */
export const ALERT_METRICS_OF_A_VALUE: Record<AlertDimension, readonly AlertMetric[]> = {
  page: OF_A_SESSION,
  source: OF_A_SESSION,
  channel: OF_A_SESSION,
  utm_campaign: OF_A_SESSION,
  country: OF_A_SESSION,
  device: OF_A_SESSION,
  event_name: ['active_sessions', 'events'],
  conversion_type: ['active_sessions', 'conversions'],
};

/** Numbers that are known of a goal. */
export const ALERT_METRICS_OF_A_GOAL: readonly AlertMetric[] = ['conversions', 'conversion_rate'];
/** Characters of a setting's id. */
const MAX_SETTING_ID_CHARS = 64;

const minutes = integerWithin(0, MAX_ALERT_WAIT_MINUTES);

/** Formats of the message to a webhook: our own, or what a chat system takes. */
export const ALERT_CHANNELS = ['webhook', 'slack', 'discord', 'teams'] as const;
export type AlertChannel = (typeof ALERT_CHANNELS)[number];

export const AlertInputSchema = v.pipe(
  v.object({
    name: v.pipe(filledText(MAX_NAME_CHARS), v.description('For people.')),
    metric: v.pipe(
      v.picklist(ALERT_METRICS, `must be one of ${ALERT_METRICS.join(', ')}`),
      v.description('The number that is watched.'),
    ),
    dimension: optionalField(
      v.picklist(ALERT_DIMENSIONS, `must be one of ${ALERT_DIMENSIONS.join(', ')}`),
      'With `value`: counts only what has that value there, as a page’s views or the events named `error`; `active_sessions` of a page are those whose current page it is, as `/api/realtime` has it.',
    ),
    value: optionalField(filledText(MAX_URL_CHARS), 'With `dimension`: which value.'),
    goal: optionalField(
      filledText(MAX_SETTING_ID_CHARS),
      'Id of a goal: `conversions` are the events that meet it, `conversion_rate` is of the sessions with such an event. Not with `dimension`.',
    ),
    comparison: v.pipe(
      v.picklist(['above', 'below'], 'must be above or below'),
      v.description('Which side of the threshold alerts.'),
    ),
    threshold: v.pipe(numberWithin(0, MAX_VALUE), v.description('The number itself does not alert.')),
    window_minutes: v.pipe(
      integerWithin(1, MAX_ALERT_WINDOW_MINUTES),
      v.description('Minutes up to now that the number is of.'),
    ),
    for_minutes: optionalField(
      minutes,
      'Minutes that the number must have been on that side before it alerts. Default 0: at once.',
    ),
    cooldown_minutes: optionalField(
      minutes,
      `Minutes after it alerted before it does so again. Default ${DEFAULT_COOLDOWN_MINUTES}.`,
    ),
    webhook: optionalField(
      v.pipe(filledText(MAX_URL_CHARS), v.check(isWebhook, 'must be an https URL without user and password')),
      'URL that receives a POST. Only admin keys see it in full.',
    ),
    channel: optionalField(
      v.picklist(ALERT_CHANNELS, `must be one of ${ALERT_CHANNELS.join(', ')}`),
      'Format of the message: `webhook` is `AlertMessage`; the others are what these chat systems take, as text alone. Default: by the host of the address, else `webhook`.',
    ),
    enabled: v.pipe(flag, v.description('Whether it is watched at all.')),
  }),
  v.forward(
    v.partialCheck(
      [['dimension'], ['value']],
      ({ dimension, value }) => (dimension === undefined) === (value === undefined),
      'must stand with a value, and a value with it',
    ),
    ['dimension'],
  ),
  v.forward(
    v.partialCheck(
      [['goal'], ['dimension']],
      ({ goal, dimension }) => goal === undefined || dimension === undefined,
      'must not stand with a dimension',
    ),
    ['goal'],
  ),
  v.forward(
    v.partialCheck(
      [['metric'], ['goal']],
      ({ metric, goal }) => goal === undefined || ALERT_METRICS_OF_A_GOAL.includes(metric),
      `must be one of ${ALERT_METRICS_OF_A_GOAL.join(', ')} where there is a goal`,
    ),
    ['metric'],
  ),
  v.forward(
    v.partialCheck(
      [['metric'], ['dimension']],
      ({ metric, dimension }) =>
        dimension === undefined || ALERT_METRICS_OF_A_VALUE[dimension].includes(metric),
      ({ input: { dimension = 'page' } }) =>
        `must be one of ${ALERT_METRICS_OF_A_VALUE[dimension].join(', ')} where the dimension is ${dimension}`,
    ),
    ['metric'],
  ),
  v.description('A threshold that alerts when a number crosses it.'),
);

/** Http is for private networks, which the collector's own options open. */
function isWebhook(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, username, password } = new URL(url);
  return /^https?:$/.test(protocol) && username === '' && password === '';
}

export const AlertDeliverySchema = v.pipe(
  v.object({
    message: v.picklist(['fired', 'resolved']),
    status: v.pipe(
      v.picklist(['waiting', 'delivered', 'given_up']),
      v.description('`waiting`: to be sent, or to be sent again.'),
    ),
    at: v.pipe(InstantSchema, v.description('Of the last attempt; of the message where there was none yet.')),
    attempts: v.pipe(v.number(), v.integer(), v.minValue(0)),
    http_status: v.exactOptional(
      v.pipe(v.number(), v.integer(), v.description('What the receiver answered.')),
    ),
    error: v.exactOptional(v.pipe(v.string(), v.description('Why the last attempt failed.'))),
    next_attempt_at: v.exactOptional(InstantSchema),
  }),
  v.description('What became of the last message to the webhook.'),
);
/** What became of the last message to an alert's webhook. */
export type AlertDelivery = v.InferOutput<typeof AlertDeliverySchema>;

export const ALERT_STATUSES = ['ok', 'pending', 'firing'] as const;
export type AlertStatus = (typeof ALERT_STATUSES)[number];

export const AlertStateSchema = v.pipe(
  v.object({
    status: v.pipe(
      v.picklist(ALERT_STATUSES),
      v.description(
        '`pending`: beyond the threshold, but not for so long yet, or too soon after the last time.',
      ),
    ),
    since: v.pipe(InstantSchema, v.description('Since when it stands so.')),
    checked_at: InstantSchema,
    value: v.pipe(
      v.nullable(v.number()),
      v.description(
        'The number when it was checked last. Null: there was too much to count it; it then stays as it is.',
      ),
    ),
    fired_at: v.exactOptional(v.pipe(InstantSchema, v.description('When it alerted last.'))),
    resolved_at: v.exactOptional(v.pipe(InstantSchema, v.description('When that was over.'))),
    delivery: v.exactOptional(AlertDeliverySchema),
  }),
  v.description('How it stands with an alert.'),
);
/** How it stands with an alert. */
export type AlertState = v.InferOutput<typeof AlertStateSchema>;

export const AlertMessageSchema = v.pipe(
  v.object({
    type: v.picklist(['alert.fired', 'alert.resolved']),
    timestamp: v.pipe(InstantSchema, v.description('When it happened; attempts may come later.')),
    text: v.pipe(v.string(), v.description('All of it in a sentence, as chat systems show it.')),
    data: v.object({
      site: v.string(),
      alert: v.object({
        id: v.string(),
        ...v.omit(v.object(AlertInputSchema.entries), ['webhook', 'channel', 'enabled']).entries,
      }),
      value: v.pipe(
        v.nullable(v.number()),
        v.description('The number; null where the alert was switched off.'),
      ),
      fired_at: InstantSchema,
      resolved_at: v.exactOptional(InstantSchema),
    }),
  }),
  v.description(
    'Body of the POST to a webhook. Headers `webhook-id` (the same for every attempt), `webhook-timestamp` (s since 1970) and `webhook-signature` are those of Standard Webhooks.',
  ),
);
/** Body of the POST to an alert's webhook. */
export type AlertMessage = v.InferOutput<typeof AlertMessageSchema>;
