/** Schemas of what people write: no unknown key passes, and all problems are named at once, each with its place. */
import * as v from 'valibot';
import { OptionsError } from '../errors.js';
import { nearest } from './nearest.js';

type JsonObject = Record<string, unknown>;
/** What a path begins with, by option, where it is called otherwise: as the variable that it was read from. */
export type Names = Readonly<Record<string, string>>;

/** Begins a message that says by itself where it belongs. */
const UNKNOWN = 'unknown ';

/**
 * An object of these keys and no others.
 * @param owner what an unknown key is said to be in, as `site "shop"`
 * @param known keys that somebody who writes one wrong is told of. Default: all
 */
export function strictObject<Entries extends v.ObjectEntries>(
  entries: Entries,
  owner: string | ((value: JsonObject) => string),
  known: readonly string[] = Object.keys(entries),
) {
  return v.pipe(
    v.custom<JsonObject>(isObject, ({ input }) => `must be an object, got ${show(input)}`),
    v.looseObject(entries, 'must be given'),
    v.rawCheck(({ dataset, addIssue }) => {
      const value: unknown = dataset.value;
      if (!isObject(value)) return;
      const where = typeof owner === 'string' ? owner : owner(value);
      for (const key of Object.keys(value)) {
        if (!Object.hasOwn(entries, key))
          addIssue({ message: unknownName('key', key, known, ` in ${where}`) });
      }
    }),
  );
}

/** As `unknown key "retention_days" in site "shop" (did you mean "retentionDays"?)`. */
export function unknownName(kind: string, name: string, known: readonly string[], where: string): string {
  const meant = nearest(name, known);
  const advice =
    meant === undefined ? `allowed: ${known.join(', ')}` : `did you mean ${JSON.stringify(meant)}?`;
  return `${UNKNOWN}${kind} ${show(name)}${where} (${advice})`;
}

/** A value that passes a check, else `must be …, got …`. */
export const that = <Value>(check: (value: unknown) => boolean, phrase: string) =>
  v.custom<Value>(check, ({ input }) => `${phrase}, got ${show(input)}`);

export const integerWithin = (min: number, max: number) =>
  that<number>((value) => isIntegerWithin(value, min, max), `must be a whole number of ${min} to ${max}`);

export const oneOf = <const Values extends readonly string[]>(values: Values) =>
  that<Values[number]>(
    (value) => values.some((known) => known === value),
    `must be one of ${values.join(', ')}`,
  );

export const oneOfNumbers = (numbers: readonly number[]) =>
  that<number>((value) => numbers.some((known) => known === value), `must be ${numbers.join(' or ')}`);

export const flag = that<boolean>((value) => typeof value === 'boolean', 'must be true or false');

export const filledText = that<string>(
  (value) => typeof value === 'string' && value !== '',
  'must be a text',
);

/** A function, or an object of a kind that its own package checks. */
export const callable = that<unknown>((value) => typeof value === 'function', 'must be a function');

export const arrayOf = <Schema extends v.GenericSchema>(schema: Schema, items: string) =>
  v.array(schema, ({ input }) => `must be a list${items === '' ? '' : ` of ${items}`}, got ${show(input)}`);

/** Every problem of a value, each with its place. Never throws. */
export function problemsIn(
  schema: v.GenericSchema,
  value: unknown,
  names: Names = {},
  prefix = '',
): string[] {
  const { issues = [] } = v.safeParse(schema, value);
  return issues.map(({ message, path }) =>
    message.startsWith(UNKNOWN) ? message : `${toPath(path ?? [], names, prefix)} ${message}`.trim(),
  );
}

/** @param caller the function whose options they are @throws OptionsError that names all that is wrong */
export function assertValid(schema: v.GenericSchema, value: unknown, caller: string): void {
  const problems = problemsIn(schema, value);
  if (problems.length > 0) throw new OptionsError(`${caller}: ${problems.join('; ')}`);
}

function toPath(path: readonly { key: unknown }[], names: Names, prefix: string): string {
  return path.reduce<string>((path, { key }) => {
    if (typeof key === 'number') return `${path}[${key}]`;
    return path === '' ? (names[String(key)] ?? String(key)) : `${path}.${String(key)}`;
  }, prefix);
}

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const isIntegerWithin = (value: unknown, min: number, max: number) =>
  Number.isInteger(value) && Number(value) >= min && Number(value) <= max;

export const show = (value: unknown) => JSON.stringify(value)?.slice(0, 80) ?? 'nothing';
