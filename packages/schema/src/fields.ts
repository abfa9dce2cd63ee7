/** The building blocks of the wire format, each with a message that names its limit. */
import * as v from 'valibot';
import { MAX_ID_CHARS, MAX_SITE_CHARS, MAX_TIME_MS } from './limits.js';

/** Whether `text` has at most `maxChars` characters, counted as code points: so JSON Schema's `maxLength` does. */
export function fitsIn(text: string, maxChars: number): boolean {
  if (text.length <= maxChars) return true;
  if (text.length > 2 * maxChars) return false;
  let chars = 0;
  for (const _char of text) chars += 1;
  return chars <= maxChars;
}

export const text = (maxChars: number) =>
  v.pipe(
    v.string('must be a string'),
    v.check((value) => fitsIn(value, maxChars), `must have at most ${maxChars} characters`),
    v.metadata({ maxLength: maxChars }),
  );

/** Text that says something. */
export const filledText = (maxChars: number) => v.pipe(text(maxChars), v.nonEmpty('must not be empty'));

export const id = v.pipe(
  v.string('must be a string'),
  v.regex(
    new RegExp(`^[A-Za-z0-9._-]{1,${MAX_ID_CHARS}}$`),
    `must be 1 to ${MAX_ID_CHARS} of the characters A-Z a-z 0-9 . _ -`,
  ),
);

export const siteId = v.pipe(
  v.string('must be a string'),
  v.regex(
    new RegExp(`^[a-z0-9._-]{1,${MAX_SITE_CHARS}}$`),
    `must be 1 to ${MAX_SITE_CHARS} of the characters a-z 0-9 . _ -`,
  ),
);

const within = (min: number, max: number) =>
  [
    v.number('must be a number'),
    v.finite<number, string>('must be a finite number'),
    v.minValue<number, number, string>(min, `must be at least ${min}`),
    v.maxValue<number, number, string>(max, `must be at most ${max}`),
  ] as const;

export const numberWithin = (min: number, max: number) => v.pipe(...within(min, max));

export const integerWithin = (min: number, max: number) =>
  v.pipe(...within(min, max), v.integer('must be a whole number'));

/** A point in time by the client's clock: ms since 1970, or seconds where the number is that small. */
export const clientTime = numberWithin(-MAX_TIME_MS, MAX_TIME_MS);

export const flag = v.boolean('must be true or false');

/** A field that may be missing, and what it says: added to the schema's own pipe, for a pipe in a pipe takes as long again. */
export const optionalField = <Schema extends v.GenericSchema>(schema: Schema, description: string) =>
  v.exactOptional(v.pipe(...toPipe(schema), v.description(description)));

function toPipe<Schema extends v.GenericSchema>(schema: Schema): [Schema] {
  return 'pipe' in schema ? (schema.pipe as [Schema]) : [schema];
}

/** A JSON object, nothing known of its members. */
export type JsonObject = Record<string, unknown>;

export const isJsonObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What valibot's own schemas of objects leave out: a list is none. */
export const jsonObject = v.custom<JsonObject>(isJsonObject, 'must be an object');
