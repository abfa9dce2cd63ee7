/** Requests that no collector may take, and what it must say to each. */
import { gzipSync } from 'node:zlib';
import type { IssueCode } from '@liveinsight/schema';

export interface BadRequest {
  name: string;
  body: string | Uint8Array;
  headers?: Record<string, string>;
  status: number;
  /** Of the first issue, or of the first event that is rejected. */
  code: IssueCode;
  /** Field that the issue names. Default: not looked at. */
  path?: string;
}

const event = (fields: string) => `{"event_type":"page_view","session_id":"bad-1",${fields}}`;
const batch = (events: unknown, more: object = {}) =>
  JSON.stringify({ v: 1, session: { session_id: 'bad-1' }, events, ...more });
const view = { event_type: 'page_view' };
const many = (count: number) => Array.from({ length: count }, (_, at) => at);
const GZIP = { 'content-encoding': 'gzip' };

export const badRequests: BadRequest[] = [
  { name: 'an empty body', body: '', status: 400, code: 'invalid_json' },
  { name: 'null', body: 'null', status: 400, code: 'invalid_body' },
  { name: 'a number', body: '42', status: 400, code: 'invalid_body' },
  { name: 'a list', body: '[]', status: 400, code: 'invalid_body' },
  { name: 'a list of events', body: JSON.stringify([view]), status: 400, code: 'invalid_body' },
  { name: 'an empty object', body: '{}', status: 400, code: 'missing_field', path: 'events' },
  { name: 'truncated JSON', body: '{"event_type":"page_vi', status: 400, code: 'invalid_json' },
  {
    name: 'bytes that are no text',
    body: new Uint8Array([0xff, 0xfe, 0x00, 0x80]),
    status: 400,
    code: 'invalid_json',
  },
  { name: 'no events', body: batch([]), status: 400, code: 'invalid_value', path: 'events' },
  {
    name: 'events of a wrong type',
    body: batch('page_view'),
    status: 400,
    code: 'invalid_value',
    path: 'events',
  },
  { name: 'an event of a wrong type', body: batch([7]), status: 400, code: 'invalid_value' },
  {
    name: 'a time of a wrong type',
    body: event('"timestamp":"today"'),
    status: 400,
    code: 'invalid_value',
    path: 'timestamp',
  },
  {
    name: 'an event without its name',
    body: '{"event_type":"custom","name":{}}',
    status: 400,
    code: 'invalid_value',
    path: 'name',
  },
  {
    name: 'an infinite time',
    body: event('"timestamp":1e999'),
    status: 400,
    code: 'invalid_value',
    path: 'timestamp',
  },
  {
    name: 'a site of wrong characters',
    body: batch([view], { site: 'a b' }),
    status: 400,
    code: 'invalid_value',
    path: 'site',
  },
  {
    name: 'an unknown event type',
    body: batch([{ event_type: 'teleport' }]),
    status: 400,
    code: 'unknown_event_type',
    path: 'event_type',
  },
  {
    name: 'a body of 5 MB',
    body: event(`"page_title":"${'x'.repeat(5_000_000)}"`),
    status: 413,
    code: 'body_too_large',
  },
  {
    name: 'a gzip bomb',
    body: gzipSync(Buffer.alloc(50_000_000, 0x20)),
    headers: GZIP,
    status: 413,
    code: 'body_too_large',
  },
  {
    name: 'gzip that is none',
    body: event('"page_title":"plain"'),
    headers: GZIP,
    status: 400,
    code: 'invalid_body',
  },
  {
    name: 'an encoding it does not know',
    body: '{}',
    headers: { 'content-encoding': 'br' },
    status: 415,
    code: 'invalid_encoding',
  },
  {
    name: '2,000 events',
    body: batch(many(2_000).map(() => view)),
    status: 413,
    code: 'too_many_events',
    path: 'events',
  },
  {
    name: 'lists nested 100,000 deep',
    body: '['.repeat(100_000) + ']'.repeat(100_000),
    status: 400,
    code: 'invalid_body',
  },
  {
    name: 'an unknown site',
    body: batch([view], { site: 'elsewhere' }),
    status: 403,
    code: 'unknown_site',
    path: 'site',
  },
  {
    name: 'a foreign origin',
    body: batch([view]),
    headers: { origin: 'https://evil.example' },
    status: 403,
    code: 'origin_not_allowed',
    path: 'site',
  },
  {
    name: 'an origin that ends as an allowed one',
    body: batch([view]),
    headers: { origin: 'https://evilshop.example' },
    status: 403,
    code: 'origin_not_allowed',
    path: 'site',
  },
];
