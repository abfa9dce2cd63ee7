/** The tracking plan: which events of one's own there are, what they mean, and the properties they carry. */
import { RESERVED_CUSTOM_NAMES } from './event.js';
import { MAX_NAME_CHARS } from './limits.js';
import type { InputOf, StandardResult, StandardSchema } from './standard-schema.js';

export interface PlannedEvent {
  /** What it means, for people. The dashboard shows it. */
  description: string;
  /** Its properties by name, each with a schema of valibot, zod or any other library of Standard Schema. */
  props?: Record<string, StandardSchema>;
}

export interface TrackingPlan {
  /** Events of your own: what `track` takes. */
  events: Record<string, PlannedEvent>;
  /** Conversions by type. Without it, conversions are not checked. */
  conversions?: Record<string, PlannedEvent>;
}

/** Names of the events of a plan and the properties each carries: what `createTracker<Events<typeof plan>>` takes. */
export type Events<Plan extends TrackingPlan> = {
  [Name in keyof Plan['events']]: PropsOf<Plan['events'][Name]>;
};

type PropsOf<Event> = Event extends { props: infer Props extends Record<string, StandardSchema> }
  ? Flat<
      { [Key in RequiredKeys<Props>]: InputOf<Props[Key]> } & {
        [Key in Exclude<keyof Props, RequiredKeys<Props>>]?: InputOf<Props[Key]>;
      }
    >
  : undefined;

type RequiredKeys<Props extends Record<string, StandardSchema>> = {
  [Key in keyof Props]: undefined extends InputOf<Props[Key]> ? never : Key;
}[keyof Props];

/** Shown by editors as one object. */
type Flat<Type> = { [Key in keyof Type]: Type[Key] };

export const PLAN_DIFFERENCE_CODES = [
  'unknown_event',
  'unknown_property',
  'missing_property',
  'wrong_value',
] as const;
export type PlanDifferenceCode = (typeof PLAN_DIFFERENCE_CODES)[number];

/** How an event differs from the plan. */
export interface PlanDifference {
  code: PlanDifferenceCode;
  /** Name of the event, or type of the conversion. */
  event: string;
  property?: string;
  message: string;
}

const RESERVED: readonly string[] = RESERVED_CUSTOM_NAMES;

/**
 * Checks a plan and returns it.
 * @throws TypeError that names the event or property that is wrong
 */
export function definePlan<const Plan extends TrackingPlan>(plan: Plan): Plan {
  for (const kind of ['events', 'conversions'] as const) {
    for (const [name, event] of Object.entries<PlannedEvent>(plan[kind] ?? {})) {
      const where = `definePlan: ${kind}.${name}`;
      if (name === '' || name.length > MAX_NAME_CHARS)
        throw new TypeError(`${where} must have a name of 1 to ${MAX_NAME_CHARS} characters`);
      if (kind === 'events' && RESERVED.includes(name))
        throw new TypeError(`${where} is sent by the tracker itself: use another name`);
      if (typeof event?.description !== 'string' || event.description.trim() === '')
        throw new TypeError(`${where}.description must say what the event means`);
      for (const [key, schema] of Object.entries(event.props ?? {}))
        checkSchema(schema, `${where}.props.${key}`);
    }
  }
  return plan;
}

function checkSchema(schema: StandardSchema, where: string): void {
  if (typeof schema?.['~standard']?.validate !== 'function')
    throw new TypeError(
      `${where} must be a schema of a Standard Schema library (https://standardschema.dev)`,
    );
  if (schema['~standard'].validate(undefined) instanceof Promise)
    throw new TypeError(`${where} must validate synchronously`);
}

/** Whether this is a plan as `definePlan` returns it. */
export function isTrackingPlan(value: unknown): value is TrackingPlan {
  if (!isObject(value) || !isObject(value.events)) return false;
  try {
    definePlan(value as unknown as TrackingPlan);
    return true;
  } catch {
    return false;
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

/** How an event of one's own differs from the plan; nothing where it does not. */
export function findPlanDifferences(
  plan: TrackingPlan,
  kind: keyof TrackingPlan,
  event: string,
  props: Readonly<Record<string, unknown>> = {},
): PlanDifference[] {
  const planned = plan[kind];
  if (!planned || (kind === 'events' && RESERVED.includes(event))) return [];
  if (!Object.hasOwn(planned, event)) {
    const message = `${kind === 'events' ? 'event' : 'conversion'} ${JSON.stringify(event)} is not in the plan`;
    return [{ code: 'unknown_event', event, message }];
  }
  const schemas = planned[event]?.props ?? {};
  const found: PlanDifference[] = [];
  const add = (code: PlanDifferenceCode, property: string, message: string) =>
    found.push({ code, event, property, message });
  for (const [key, schema] of Object.entries(schemas)) {
    const isMissing = !Object.hasOwn(props, key) || props[key] === undefined;
    const problem = findProblem(schema, isMissing ? undefined : props[key]);
    if (problem === undefined) continue;
    if (isMissing) add('missing_property', key, `property "${key}" is missing`);
    else add('wrong_value', key, problem);
  }
  for (const key of Object.keys(props))
    if (!Object.hasOwn(schemas, key))
      add('unknown_property', key, `property ${JSON.stringify(key)} is not in the plan`);
  return found;
}

/** What the schema has against the value. One that throws has, too: an event must not be lost by it. */
function findProblem(schema: StandardSchema, value: unknown): string | undefined {
  let result: StandardResult<unknown> | Promise<StandardResult<unknown>>;
  try {
    result = schema['~standard'].validate(value);
  } catch (error) {
    return `the schema failed: ${error instanceof Error ? error.message : String(error)}`;
  }
  // `definePlan` rejects what is asynchronous; a schema that is so for some values only says nothing of them.
  if (result instanceof Promise) {
    result.catch(() => {});
    return undefined;
  }
  return result.issues && (result.issues[0]?.message ?? 'is not valid');
}
