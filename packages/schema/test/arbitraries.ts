/** Arbitrary input of the wire format, read off the schemas themselves: a new field is tested as soon as it is there. */
import {
  BareEventSchema,
  BatchSchema,
  EnvelopeSchema,
  EventSchema,
  MAX_PROPS_DEPTH,
  type WireBatch,
  type WireEvent,
} from '@liveinsight/schema';
import fc from 'fast-check';
import type * as v from 'valibot';

/** What the walk below needs to know of a schema. */
interface Shape {
  type: string;
  pipe?: readonly { kind: string; type: string; requirement?: unknown; metadata?: { maxLength?: number } }[];
  entries?: Record<string, Shape>;
  options?: readonly (Shape | string)[];
  wrapped?: Shape;
  item?: Shape;
  key?: Shape;
  value?: Shape;
  literal?: unknown;
}

/** Short lists and texts far more often than long ones: a limit's edge has tests of its own. */
const MAX_TEXT_CHARS = 40;

export function arbitraryOf<Schema extends v.GenericSchema>(
  schema: Schema,
): fc.Arbitrary<v.InferOutput<Schema>> {
  // JSON as it would be read: no -0, no undefined.
  return walk(schema as unknown as Shape).map((value) => JSON.parse(JSON.stringify(value)));
}

function walk(shape: Shape): fc.Arbitrary<unknown> {
  const last = shape.pipe?.findLast(({ kind }) => kind === 'schema');
  if (last && last !== shape.pipe?.[0]) return walk(last as unknown as Shape);
  const rules = rulesOf(shape);
  switch (shape.type) {
    case 'string':
      return text(rules);
    case 'number':
      return number(rules);
    case 'boolean':
      return fc.boolean();
    case 'literal':
      return fc.constant(shape.literal);
    case 'object':
      return object(shape.entries ?? {});
    case 'record':
      return fc.dictionary(key(shape.key), walk(shape.value ?? shape), { maxKeys: 5, noNullPrototype: true });
    case 'array':
      return fc.array(walk(shape.item ?? shape), { minLength: 1, maxLength: 6 });
    case 'nullable':
      return fc.option(walk(shape.wrapped ?? shape));
    case 'picklist':
      return fc.constantFrom(...(shape.options ?? []));
    case 'variant':
      return fc.oneof(...alternatives(shape).map(walk));
    case 'intersect':
      return fc
        .tuple(...alternatives(shape).map(walk))
        .map((parts) => Object.assign({}, ...(parts as object[])));
    case 'custom':
      return props(1);
    default:
      throw new Error(`no arbitrary for a schema of type ${shape.type}`);
  }
}

const alternatives = ({ options = [] }: Shape) => options.filter((option) => typeof option !== 'string');

interface Rules {
  max: number;
  min: number;
  whole: boolean;
  instant: boolean;
  pattern?: RegExp;
  maxChars: number;
  filled: boolean;
}

function rulesOf(shape: Shape): Rules {
  const rules: Rules = {
    max: Number.MAX_VALUE,
    min: -Number.MAX_VALUE,
    whole: false,
    instant: false,
    maxChars: MAX_TEXT_CHARS,
    filled: false,
  };
  for (const action of shape.pipe ?? []) {
    if ('pipe' in action) Object.assign(rules, rulesOf(action as unknown as Shape));
    if (action.type === 'max_value') rules.max = Number(action.requirement);
    if (action.type === 'min_value') rules.min = Number(action.requirement);
    if (action.type === 'iso_timestamp') rules.instant = true;
    if (action.type === 'integer') rules.whole = true;
    if (action.type === 'non_empty') rules.filled = true;
    if (action.type === 'regex') rules.pattern = action.requirement as RegExp;
    if (action.metadata?.maxLength) rules.maxChars = Math.min(action.metadata.maxLength, MAX_TEXT_CHARS);
  }
  return rules;
}

const instant = fc
  .date({ min: new Date(0), max: new Date('2099-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString());

const text = ({ pattern, maxChars, filled, ...rules }: Rules) =>
  rules.instant
    ? instant
    : pattern
      ? fc.stringMatching(pattern)
      : fc.string({ unit: 'binary', minLength: filled ? 1 : 0, maxLength: maxChars });

const number = ({ min, max, whole }: Rules) =>
  whole
    ? fc.integer({ min, max: Math.min(max, Number.MAX_SAFE_INTEGER) })
    : fc.double({ min, max, noNaN: true });

/** valibot passes over these in a record, for safety's sake. */
const key = (shape: Shape | undefined) =>
  text(shape ? rulesOf(shape) : rulesOf({ type: 'string' })).filter(
    (name) => !['__proto__', 'constructor', 'prototype'].includes(name),
  );

function object(entries: Record<string, Shape>): fc.Arbitrary<object> {
  const fields = Object.entries(entries).map(
    ([name, entry]) => [name, walk(entry.wrapped ?? entry)] as const,
  );
  const requiredKeys = Object.keys(entries).filter((name) => entries[name]?.type !== 'exact_optional');
  return fc.record(Object.fromEntries(fields), { requiredKeys, noNullPrototype: true });
}

function props(level: number): fc.Arbitrary<unknown> {
  const name = fc.string({ unit: 'binary', maxLength: 12 }).filter((given) => given !== '__proto__');
  const scalar = fc.oneof(
    fc.string({ unit: 'binary', maxLength: MAX_TEXT_CHARS }),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.boolean(),
    fc.constant(null),
  );
  const value =
    level < MAX_PROPS_DEPTH ? fc.oneof({ weight: 4, arbitrary: scalar }, list(level + 1)) : scalar;
  return fc.dictionary(name, value, { maxKeys: 3, noNullPrototype: true });
}

const list = (level: number): fc.Arbitrary<unknown> =>
  fc.oneof(props(level), fc.array(fc.integer(), { maxLength: 3 }));

export const wireEvent: fc.Arbitrary<WireEvent> = arbitraryOf(EventSchema);
export const bareEvent = arbitraryOf(BareEventSchema);
const envelope = arbitraryOf(EnvelopeSchema);

/** Events of different ids, or without one. */
const wireEvents = fc.uniqueArray(wireEvent, {
  minLength: 1,
  maxLength: 6,
  selector: (event) => event.event_id ?? Symbol('no id'),
});

export const wireBatch: fc.Arbitrary<WireBatch> = fc
  .tuple(envelope, wireEvents)
  .map(([fields, events]) => ({ ...fields, events }));

/** Batches in which about one field has been put out of shape. */
export const spoiltBatch: fc.Arbitrary<unknown> = fc
  .tuple(fc.oneof(arbitraryOf(BatchSchema), bareEvent), fc.array(fc.nat(), { minLength: 1 }), fc.jsonValue())
  .map(([value, way, wrong]) => spoil(value, way, wrong));

function spoil(value: unknown, [step, ...way]: number[], wrong: unknown): unknown {
  if (step === undefined || typeof value !== 'object' || value === null) return wrong;
  const keys = Object.keys(value);
  const chosen = keys[step % Math.max(keys.length, 1)];
  if (chosen === undefined) return wrong;
  const members = Object.entries(value).map(
    ([key, member]) => [key, key === chosen ? spoil(member, way, wrong) : member] as const,
  );
  return Array.isArray(value) ? members.map(([, member]) => member) : Object.fromEntries(members);
}
