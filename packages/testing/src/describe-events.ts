/** What a failed expectation shows: the nearest events, and what else arrived. Pure. */
import { inspect } from 'node:util';
import { distance } from 'fastest-levenshtein';
import { type ExpectedValues, eventName, getDifferences, isNamed } from './match-event.js';
import type { RecordedEvent } from './recording.js';

const MAX_NEAREST = 3;
const MAX_NAMES = 20;
const MAX_REJECTIONS = 5;

const show = (value: unknown): string =>
  inspect(value, { breakLength: Number.POSITIVE_INFINITY, maxStringLength: 80, depth: 2 });

/** As `signup { plan: 'pro' }`. */
export const showExpected = (name: string, values: ExpectedValues): string =>
  Object.keys(values).length === 0 ? show(name) : `${show(name)} ${show(values)}`;

export function describeArrivals(
  { events, rejections }: { events: readonly RecordedEvent[]; rejections: readonly string[] },
  name: string,
  values: ExpectedValues,
): string {
  const rejected = rejections
    .slice(0, MAX_REJECTIONS)
    .map((reason) => `  ${reason}`)
    .concat(rejections.length > MAX_REJECTIONS ? [`  and ${rejections.length - MAX_REJECTIONS} more`] : []);
  const rejectedPart = rejected.length > 0 ? ['', 'rejected:', ...rejected] : [];
  if (events.length === 0) return ['no event has arrived', ...rejectedPart].join('\n');
  return [
    `nearest of ${events.length} arrived:`,
    ...getNearest(events, name, values).map((event) => `  ${describeEvent(event, name, values)}`),
    '',
    `arrived: ${countNames(events)}`,
    ...rejectedPart,
  ].join('\n');
}

/** Those of this name that differ least; then those that are spelled most alike. */
function getNearest(events: readonly RecordedEvent[], name: string, values: ExpectedValues): RecordedEvent[] {
  const rank = (event: RecordedEvent) =>
    (isNamed(event, name) ? 0 : 1000 * distance(eventName(event).toLowerCase(), name.toLowerCase()) + 500) +
    getDifferences(event, values).length;
  return events
    .map((event) => ({ event, rank: rank(event) }))
    .sort((a, b) => a.rank - b.rank)
    .slice(0, MAX_NEAREST)
    .map(({ event }) => event);
}

function describeEvent(event: RecordedEvent, name: string, values: ExpectedValues): string {
  const props = 'props' in event && event.props ? ` ${show(event.props)}` : '';
  const differences = getDifferences(event, values).map(
    (one) => `${one.name} is ${show(one.actual)}, not ${show(one.expected)}`,
  );
  if (!isNamed(event, name)) differences.unshift(`the name is not ${show(name)}`);
  const reason = differences.length > 0 ? `: ${differences.join('; ')}` : '';
  return `${show(eventName(event))}${props}${reason}`;
}

function countNames(events: readonly RecordedEvent[]): string {
  const counts = new Map<string, number>();
  for (const event of events) counts.set(eventName(event), (counts.get(eventName(event)) ?? 0) + 1);
  const shown = [...counts].map(([name, count]) => (count === 1 ? name : `${name} ×${count}`));
  const more = shown.length > MAX_NAMES ? [`and ${shown.length - MAX_NAMES} more names`] : [];
  return [...shown.slice(0, MAX_NAMES), ...more].join(', ');
}
