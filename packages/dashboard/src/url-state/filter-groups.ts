/** Filters as people see them: those of one field and one kind are one, with several values. Pure. */
import { formatPattern, type Kind, parsePattern } from './filter-pattern.js';
import type { Filter, FilterField } from './url-state.js';

export interface FilterGroup {
  by: FilterField;
  not: boolean;
  kind: Kind;
  /** As people write them. */
  texts: readonly string[];
}

const isOf = (filter: Filter, { by, not, kind }: Omit<FilterGroup, 'texts'>): boolean =>
  filter.by === by && filter.not === not && parsePattern(filter.value).kind === kind;

export const groupKey = ({ by, not, kind }: Omit<FilterGroup, 'texts'>): string =>
  `${by} ${not ? '!' : ''}${kind}`;

export function groupFilters(filters: readonly Filter[]): FilterGroup[] {
  const groups = new Map<string, { by: FilterField; not: boolean; kind: Kind; texts: string[] }>();
  for (const { by, value, not } of filters) {
    const { kind, text } = parsePattern(value);
    const key = groupKey({ by, not, kind });
    const group = groups.get(key) ?? { by, not, kind, texts: [] };
    group.texts.push(text);
    groups.set(key, group);
  }
  return [...groups.values()];
}

/** With the group in place of another, where that stood; without it where it has no texts. */
export function replaceGroup(
  filters: readonly Filter[],
  old: Omit<FilterGroup, 'texts'>,
  group: FilterGroup,
): Filter[] {
  const at = filters.findIndex((filter) => isOf(filter, old));
  const rest = (some: readonly Filter[]) =>
    some.filter((filter) => !isOf(filter, old) && !isOf(filter, group));
  const added = [...new Set(group.texts)].map(
    (text): Filter => ({
      by: group.by,
      not: group.not,
      value: formatPattern({ kind: group.kind, text }),
    }),
  );
  return at < 0
    ? [...rest(filters), ...added]
    : [...rest(filters.slice(0, at)), ...added, ...rest(filters.slice(at))];
}

export const withoutGroup = (filters: readonly Filter[], group: Omit<FilterGroup, 'texts'>): Filter[] =>
  filters.filter((filter) => !isOf(filter, group));
