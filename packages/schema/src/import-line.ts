/** A line of an import: a wire batch with when it arrived in its time, and what the server knew of it then. */
import * as v from 'valibot';
import type { Batch } from './batch.js';
import { botCategory, botReason } from './bots.js';
import { CLICK_IDS } from './click-ids.js';
import { describe, issue } from './describe-issue.js';
import { filledText, flag, integerWithin, isJsonObject, optionalField, text } from './fields.js';
import type { Issue } from './issue.js';
import {
  FIRST_MILLISECOND_TIMESTAMP,
  MAX_CONTEXT_CHARS,
  MAX_NAME_CHARS,
  MAX_TIME_MS,
  MAX_URL_CHARS,
} from './limits.js';
import { locationSource } from './location.js';
import { parseBatch } from './parse-batch.js';
import type { ParsedEvents, ParseOptions } from './parse-event.js';
import { toWellFormed } from './well-formed.js';

const name = text(MAX_NAME_CHARS);

export const ImportFieldsSchema = v.pipe(
  v.object({
    received_at: v.pipe(
      integerWithin(FIRST_MILLISECOND_TIMESTAMP, MAX_TIME_MS),
      v.description(
        'When the batch arrived in its time, in milliseconds since 1970: numbers count it there.',
      ),
    ),
    channel: optionalField(name, 'As `organic_search`. Told from `referrer` and `utm` where it is missing.'),
    source: optionalField(
      text(MAX_URL_CHARS),
      'Host or campaign that brought the session; read with `channel` only.',
    ),
    click_id: optionalField(
      v.picklist(CLICK_IDS, `must be one of ${CLICK_IDS.join(', ')}`),
      'Which click id the first address had, as `gclid`.',
    ),
    browser: optionalField(name, 'As `Chrome`.'),
    os: optionalField(name, 'As `Windows`.'),
    device: optionalField(name, '`desktop`, `mobile`, `tablet` or `tv`.'),
    country: optionalField(
      v.pipe(v.string('must be a string'), v.regex(/^[A-Z]{2}$/, 'must be two capital letters (ISO 3166-1)')),
      'ISO 3166-1, two capital letters.',
    ),
    region: optionalField(filledText(MAX_CONTEXT_CHARS), 'Within the country.'),
    city: optionalField(filledText(MAX_CONTEXT_CHARS), 'Its name.'),
    location_source: v.exactOptional(locationSource),
    bot: optionalField(flag, 'Whether a bot sent it: kept, and counted apart.'),
    bot_name: optionalField(
      name,
      'What the bot is called, as `GPTBot`; read with `bot` only, as the next three.',
    ),
    bot_operator: optionalField(name, 'Whose it is, as `OpenAI`.'),
    bot_category: v.exactOptional(botCategory),
    bot_reason: v.exactOptional(botReason),
  }),
  v.description('What a line of an import has beside the fields of a batch, as an export writes it.'),
);
/** What a line of an import has beside the fields of a batch. */
export type ImportFields = v.InferOutput<typeof ImportFieldsSchema>;

const EventTimingSchema = v.object({
  clock: v.exactOptional(v.picklist(['corrected', 'replaced'], 'must be corrected or replaced')),
  claimed_timestamp: v.exactOptional(v.pipe(v.number('must be a number'), v.finite('must be finite'))),
  delayed: v.exactOptional(v.literal(true, 'must be true')),
});
/** How an exported event's time was come by. */
export type EventTiming = v.InferOutput<typeof EventTimingSchema>;

export type ParsedImportLine =
  | ({
      ok: true;
      batch: Batch;
      fields: ImportFields;
      /** Of events that an export gave, by id. */
      timings: ReadonlyMap<string, EventTiming>;
    } & Omit<ParsedEvents, 'events' | 'lostFields'>)
  | { ok: false; issues: [Issue, ...Issue[]] };

/** Reads one line. All its times are milliseconds. Never throws. */
export function parseImportLine(line: string, { newId }: Pick<ParseOptions, 'newId'>): ParsedImportLine {
  let value: unknown;
  try {
    value = toWellFormed(line, JSON.parse(line));
  } catch {
    return { ok: false, issues: [issue('invalid_json', '', 'the line is not JSON')] };
  }
  const fields = v.safeParse(ImportFieldsSchema, value, { abortPipeEarly: true });
  if (!isJsonObject(value) || !fields.success) {
    const [first, ...more] = (fields.issues ?? []).map(describe);
    return { ok: false, issues: [first ?? issue('invalid_body', '', 'the line must be an object'), ...more] };
  }
  const parsed = parseBatch(value, { newId, now: fields.output.received_at });
  if (!parsed.ok) return parsed;
  const { bare: _, batch, ok, ...result } = parsed;
  // An export writes what the client's clock said in ms, however wrong it was.
  if (batch.sent_at !== undefined) batch.sent_at = Math.round(Number(value.sent_at));
  return { ok, batch, fields: fields.output, timings: toTimings(value.events), ...result };
}

function toTimings(events: unknown): Map<string, EventTiming> {
  const timings = new Map<string, EventTiming>();
  for (const event of Array.isArray(events) ? events : []) {
    if (!isJsonObject(event) || typeof event.event_id !== 'string' || timings.has(event.event_id)) continue;
    const timing = v.safeParse(EventTimingSchema, event);
    if (timing.success && Object.keys(timing.output).length > 0) timings.set(event.event_id, timing.output);
  }
  return timings;
}
