import { MAX_BODY_BYTES, MAX_EVENTS_PER_BATCH } from '@liveinsight/schema';
import { error, errorWithRetryAfter, preflight, ref, success } from './openapi-parts.mjs';

const schema = { anyOf: [ref('Batch'), ref('BareEvent')] };

const examples = {
  batch: {
    summary: 'A batch',
    value: {
      v: 1,
      site: 'shop',
      session: { session_id: '01939f6e-7f2a-7c31-9a50-0b2f6c9d8e11', entry_page: '/', referrer: '' },
      sent_at: 1763680000123,
      events: [
        {
          event_id: '01939f6e-7f2b-7d02-8f43-5a1e7c2b9d10',
          event_type: 'page_view',
          timestamp: 1763680000000,
          page_url: 'https://shop.example/',
          view: 1,
        },
        {
          event_id: '01939f6e-8a10-7b55-a1c9-3f4d5e6a7b80',
          event_type: 'conversion',
          timestamp: 1763680000100,
          conversion_type: 'purchase',
          value: 12.5,
          currency: 'EUR',
        },
      ],
    },
  },
  event: {
    summary: 'A single event',
    value: { event_type: 'page_view', timestamp: 1693900000, session_id: 'test-session' },
  },
};

const text = (/** @type {string} */ name, /** @type {string} */ description) => ({
  name,
  in: 'query',
  description,
  schema: { type: 'string' },
});

export const eventsPath = {
  '/p.gif': {
    get: {
      operationId: 'loadPixel',
      summary: 'A transparent pixel that counts',
      description:
        'For browsers without scripts, mails and feeds. Without `event` and `conversion` it is a page view. What a browser loads on a day is one session, if it names none. The response is always the picture; what is wrong is counted in `/api/rejections`. Also `prop:<key>`, for properties of the event.',
      security: [],
      parameters: [
        text('site', 'The site’s id. Default: the collector’s default site.'),
        text('page', 'Address of the page. Default: the `Referer`.'),
        text('title', 'Title of the page.'),
        text('referrer', 'Address of the page that led to it.'),
        text('event', 'Name of an event of your own.'),
        text('conversion', 'What was reached, as `purchase`.'),
        text('value', 'Of a conversion: money in units of `currency`.'),
        text('currency', 'ISO 4217, as `EUR`.'),
        text('user_id', 'A person as your application knows them.'),
        text('visitor_id', 'A device.'),
        text('session_id', 'The session that it is part of.'),
      ],
      responses: {
        200: {
          description: 'The picture.',
          content: { 'image/gif': { schema: { type: 'string', contentMediaType: 'image/gif' } } },
        },
      },
    },
  },
  '/api/events': {
    options: preflight('preflightEvents'),
    post: {
      operationId: 'sendEvents',
      summary: 'Store events',
      description:
        'Each event is validated separately: a rejected one is named in `rejected` and does not affect valid ones. Sending the same batch again stores nothing twice.',
      security: [],
      parameters: [
        {
          name: 'Content-Encoding',
          in: 'header',
          description: 'Of the body. Absent: none.',
          schema: { enum: ['gzip', 'identity'] },
        },
      ],
      requestBody: {
        required: true,
        content: {
          'application/json': { schema, examples },
          // As browsers' beacons send it: no preflight.
          'text/plain': {
            schema: { type: 'string', contentMediaType: 'application/json', contentSchema: schema },
          },
        },
      },
      responses: {
        200: success('Every accepted event is stored.', ref('IngestData')),
        400: error('Nothing is stored: the body is no batch, or no event of it is valid.'),
        403: error('Nothing is stored: there is no such site, or it does not take events from this origin.'),
        405: error('Nothing is stored: not POST.'),
        413: error(
          `Nothing is stored: over ${MAX_EVENTS_PER_BATCH} events, or a body of over ${MAX_BODY_BYTES} bytes, as sent or once decompressed.`,
        ),
        415: error('Nothing is stored: an encoding other than gzip.'),
        429: errorWithRetryAfter(
          'Nothing is stored: too many events of this session. Send the same batch again.',
        ),
        500: error('A fault of the collector. Send the same batch again.'),
        503: errorWithRetryAfter(
          'Some or all events could not be stored now: `data.retry` is true, `data.retry_events` names them. Send the same batch again.',
        ),
      },
    },
  },
};
