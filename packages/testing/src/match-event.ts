/** Whether an event is the one that a test expects. Pure. */
import type { RecordedEvent } from './recording.js';

/** Values by name: of an event's own properties (`props`), or of its fields as `page_url`. Matchers as `expect.any(Number)` work. */
export type ExpectedValues = Record<string, unknown>;

export interface Difference {
  name: string;
  expected: unknown;
  actual: unknown;
}

/** What `track` and `conversion` call it; of other events their type. */
export function eventName(event: RecordedEvent): string {
  if (event.event_type === 'custom') return event.name;
  return event.event_type === 'conversion' ? event.conversion_type : event.event_type;
}

export const isNamed = (event: RecordedEvent, name: string): boolean =>
  eventName(event) === name || event.event_type === name;

/** Properties of the event come before fields of the same name. */
export function getDifferences(event: RecordedEvent, values: ExpectedValues): Difference[] {
  const fields: Record<string, unknown> = { ...event, ...('props' in event ? event.props : undefined) };
  return Object.entries(values)
    .map(([name, expected]) => ({ name, expected, actual: fields[name] }))
    .filter(({ expected, actual }) => !isEqual(actual, expected));
}

interface AsymmetricMatcher {
  asymmetricMatch(value: unknown): boolean;
}

function isEqual(actual: unknown, expected: unknown): boolean {
  if (isAsymmetric(expected)) return expected.asymmetricMatch(actual);
  if (!isObject(actual) || !isObject(expected)) return Object.is(actual, expected);
  const names = Object.keys(expected);
  return (
    Array.isArray(actual) === Array.isArray(expected) &&
    names.length === Object.keys(actual).length &&
    names.every((name) => Object.hasOwn(actual, name) && isEqual(actual[name], expected[name]))
  );
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

const isAsymmetric = (value: unknown): value is AsymmetricMatcher =>
  isObject(value) && typeof value.asymmetricMatch === 'function';
