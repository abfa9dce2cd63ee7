/**
 * One bad field of what a batch's events share never costs the events: it is converted, cut or left out, as a bad field of an event
 * is. A person, a visitor and a session are never guessed: an id that is none is left out, not cut.
 */
import * as v from 'valibot';
import { isJsonObject, type JsonObject } from './fields.js';
import {
  MAX_CONTEXT_CHARS,
  MAX_DROP_REASONS,
  MAX_DROPPED_EVENTS,
  MAX_NAME_CHARS,
  MAX_URL_CHARS,
} from './limits.js';
import { toNumber } from './repair-event.js';

/** Whose events these are, and which batch: to guess would store them elsewhere, or twice. */
const IDENTITY: unknown[] = ['v', 'site', 'batch'];
const ADDRESSES = ['entry_page', 'referrer'];

const MAX_CHARS: Record<string, number> = {
  entry_page: MAX_URL_CHARS,
  referrer: MAX_URL_CHARS,
  source: MAX_NAME_CHARS,
  medium: MAX_NAME_CHARS,
  campaign: MAX_NAME_CHARS,
  term: MAX_NAME_CHARS,
  content: MAX_NAME_CHARS,
  ref: MAX_NAME_CHARS,
  language: MAX_CONTEXT_CHARS,
  screen: MAX_CONTEXT_CHARS,
  viewport: MAX_CONTEXT_CHARS,
  timezone: MAX_CONTEXT_CHARS,
  release: MAX_NAME_CHARS,
};

type Found = v.BaseIssue<unknown>;

/** Reads an envelope, without its bad fields where `repair` asks for that; `lost` are those that were left out or cut. */
export function readEnvelope<Schema extends v.GenericSchema>(
  schema: Schema,
  value: JsonObject,
  repair = false,
): { parsed: v.SafeParseResult<Schema>; lost: number } {
  const parse = (from: JsonObject) => v.safeParse(schema, from, { abortPipeEarly: true });
  let parsed = parse(value);
  if (!repair || parsed.success) return { parsed, lost: 0 };
  const copy = copyEnvelope(value);
  let lost = 0;
  for (const repairValue of [convert, nothing]) {
    if (parsed.success) break;
    lost += repairFields(copy, parsed.issues, repairValue);
    parsed = parse(copy);
  }
  return { parsed, lost };
}

/** As deep as an envelope goes: what is changed is not the caller's. */
function copyEnvelope(value: JsonObject): JsonObject {
  const { session, context, dropped, ...others } = value;
  const copied = isJsonObject(session) && isJsonObject(session.utm) ? { utm: { ...session.utm } } : {};
  return {
    ...others,
    ...(session === undefined
      ? {}
      : { session: isJsonObject(session) ? { ...session, ...copied } : session }),
    ...(context === undefined ? {} : { context: isJsonObject(context) ? { ...context } : context }),
    ...(dropped === undefined ? {} : { dropped }),
  };
}

function repairFields(envelope: JsonObject, issues: readonly Found[], repairValue: typeof convert): number {
  let lost = 0;
  const repaired = new Set<unknown>();
  for (const found of issues) {
    const [first] = found.path ?? [];
    if (first === undefined || IDENTITY.includes(first.key)) continue;
    if (first.key === 'dropped' && isJsonObject(envelope.dropped)) {
      // Once for all of its members.
      if (!repaired.has('dropped')) lost += fitDropped(envelope, envelope.dropped);
      repaired.add('dropped');
    } else lost += repairField(envelope, found, repairValue);
  }
  return lost;
}

function repairField(envelope: JsonObject, found: Found, repairValue: typeof convert): number {
  const keys = (found.path ?? []).map(({ key }) => String(key));
  const key = keys.pop();
  let parent: unknown = envelope;
  for (const name of keys) parent = isJsonObject(parent) ? parent[name] : undefined;
  if (key === undefined || !isJsonObject(parent)) return 0;
  const value = parent[key];
  const converted = repairValue(key, value, found);
  if (converted === undefined) delete parent[key];
  else parent[key] = converted;
  const isCut = typeof value === 'string' && typeof converted === 'string' && converted.length < value.length;
  // Null says as little as a field that is not there.
  return isCut || (converted === undefined && value !== null) ? 1 : 0;
}

function convert(key: string, value: unknown, { type }: Found): unknown {
  if (typeof value === 'string') {
    const max = MAX_CHARS[key];
    if (max !== undefined) return value.slice(0, max).toWellFormed();
    return type === 'number' ? toNumber(value) : undefined;
  }
  const isText = typeof value === 'number' && type === 'string' && !ADDRESSES.includes(key);
  return isText ? String(value) : undefined;
}

const nothing: typeof convert = () => undefined;

/** The reasons that can be counted, as many as a batch may have. */
function fitDropped(envelope: JsonObject, dropped: JsonObject): number {
  const reasons = Object.entries(dropped);
  const counted = reasons
    .filter(([reason, count]) => reason !== '' && isCount(count))
    .slice(0, MAX_DROP_REASONS)
    .map(([reason, count]) => [reason.slice(0, MAX_NAME_CHARS).toWellFormed(), count]);
  envelope.dropped = Object.fromEntries(counted);
  return (
    reasons.length - counted.length + reasons.filter(([reason]) => reason.length > MAX_NAME_CHARS).length
  );
}

const isCount = (count: unknown): boolean =>
  Number.isInteger(count) && Number(count) >= 0 && Number(count) <= MAX_DROPPED_EVENTS;
