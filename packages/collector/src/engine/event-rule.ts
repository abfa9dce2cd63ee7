/** The events of a chunk that a rule means. Pure. */
import { type Chunk, type Group, NO_SCROLL } from '../columns/chunk.js';
import { propertyColumn } from './column.js';
import { type EventRule, type PropertyCondition, propertyKey } from './condition.js';

/** What must be read of a chunk to find the events. */
export function getRuleGroups({ minScroll, properties = [] }: EventRule): Group[] {
  return [
    'event',
    ...(minScroll === undefined ? [] : (['time', 'arrival'] as const)),
    ...(properties.length > 0 ? (['property'] as const) : []),
  ];
}

/** 1 for each event that is meant, by row. */
export function selectByRule(chunk: Chunk, rule: EventRule): Uint8Array {
  const { kind, kinds, page } = chunk.event();
  const ofKind = Uint8Array.from(kinds, (one) => (rule.matchesKind(one) ? 1 : 0));
  const selected = new Uint8Array(chunk.events);
  if (!ofKind.includes(1)) return selected;
  const ofPage = rule.matchesPage && Uint8Array.from(page.values, (one) => (rule.matchesPage?.(one) ? 1 : 0));
  for (let row = 0; row < selected.length; row += 1)
    selected[row] = (ofKind[kind[row] ?? 0] ?? 0) & (ofPage ? (ofPage[page.codes[row] ?? 0] ?? 0) : 1);
  if (rule.minScroll !== undefined) keepScrolled(chunk, rule.minScroll, selected);
  for (const condition of rule.properties ?? []) keepMatching(chunk, condition, selected);
  return selected;
}

function keepScrolled(chunk: Chunk, minScroll: number, selected: Uint8Array): void {
  const { scroll } = chunk.time();
  for (let row = 0; row < selected.length; row += 1) {
    const depth = scroll[row] ?? NO_SCROLL;
    if (depth === NO_SCROLL || depth < minScroll) selected[row] = 0;
  }
}

function keepMatching(chunk: Chunk, { field, matches, not }: PropertyCondition, selected: Uint8Array): void {
  const { codes, values } = propertyColumn(chunk, chunk.property().get(propertyKey(field) ?? ''));
  const passing = Uint8Array.from(values, (value) =>
    (value !== undefined && matches(value)) === not ? 0 : 1,
  );
  for (let row = 0; row < selected.length; row += 1) if (passing[codes[row] ?? 0] !== 1) selected[row] = 0;
}
