import type { CollectorReply } from './request.js';
import { noContent } from './responses.js';

/**
 * Headers that let a page of another origin send events and read any reply, errors too: a tracker that could not
 * read "refused" would take it for a broken network and try for ever. `*` without credentials gives a page nothing
 * that it could not fetch from anywhere: writes are held to the site's origins here, reads to their key.
 */
const ON_EVERY_REPLY = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers':
    'Retry-After, ETag, X-Next-Cursor, X-As-Of, X-Next-Offset, X-Note-Codes, X-Row-Count',
  'x-content-type-options': 'nosniff',
};

/** Beyond this browsers keep a preflight no longer (Chromium: 2 hours, Firefox: 24). */
const PREFLIGHT_MAX_AGE_S = 86_400;

const ON_PREFLIGHT = {
  'access-control-allow-methods': 'GET, HEAD, POST, PUT, DELETE, OPTIONS',
  'access-control-allow-headers': 'Content-Type, Content-Encoding, X-API-Key, Authorization, Last-Event-ID',
  'access-control-max-age': String(PREFLIGHT_MAX_AGE_S),
};

export function withCors(reply: CollectorReply): CollectorReply {
  Object.assign(reply.headers, ON_EVERY_REPLY);
  return reply;
}

/** The answer to any OPTIONS, given before anything of the request is looked at. */
export function preflight(): CollectorReply {
  const reply = withCors(noContent());
  Object.assign(reply.headers, ON_PREFLIGHT);
  return reply;
}
