/** What a filter can be set to: values of all dimensions that fit a text, or those of one field. */
import { useEffect, useState } from 'preact/hooks';
import { useApp } from '../hooks/app-context.js';
import { useMessages } from '../hooks/use-messages.js';
import { useQuery } from '../hooks/use-query.js';
import { useUrlQuery } from '../hooks/use-url-query.js';
import { BREAKDOWN_NAMES, fieldName } from '../i18n/breakdown-names.js';
import { valueLabel } from '../i18n/value-label.js';
import { BREAKDOWNS, type FilterField, FURTHER_FIELDS } from '../series/filter-field.js';
import { filterQuery } from '../url-state/url-query.js';

export interface FilterOption {
  by: FilterField;
  /** As the API has it; absent: the field itself, whose values are to be shown. */
  value?: string;
  label: string;
  /** Sessions, where they are known. */
  count?: number;
}

/** Rows of each dimension that are there before anything is typed. */
const FIRST_ROWS = '50';
const FOUND_ROWS = '20';
const MAX_OPTIONS = 60;
const PAUSE_MS = 250;

/** Of these a text finds little that a person means. */
const UNSEARCHED: ReadonlySet<string> = new Set(['hour_of_week', 'click_id', 'visitor_type']);
const MIXED = BREAKDOWNS.filter((by) => !UNSEARCHED.has(by));

/** @param field undefined: all of them */
export function useFilterOptions(field: FilterField | undefined, text: string) {
  const { site, language, format, urlState } = useApp();
  const names = useMessages(BREAKDOWN_NAMES);
  const search = useSettled(text.trim());
  // Those of the same field stay to be chosen beside it.
  const others = filterQuery(urlState.filters.filter(({ by }) => by !== field));
  const { site: id, from, to, timezone } = useUrlQuery();
  const range = { site: id, from, to, timezone };
  const isListed = field === 'reached' || field === 'segment';
  const breakdown = field === undefined ? MIXED : field;
  const asked = isListed ? undefined : { ...range, ...others, breakdown, limit: FIRST_ROWS };
  const first = useQuery('/stats', asked);
  const found = useQuery(
    '/stats',
    asked && search !== '' ? { ...asked, search, limit: FOUND_ROWS } : undefined,
  );
  const segments = useQuery('/segments', { site: site.id }).data?.segments ?? [];
  const goals = useQuery('/goals', { site: site.id }).data?.goals ?? [];
  const properties = useQuery('/properties', field === undefined ? range : undefined).data?.properties ?? [];

  const wanted = text.trim().toLowerCase();
  const fits = (option: FilterOption) =>
    option.label.toLowerCase().includes(wanted) || option.value?.toLowerCase().includes(wanted) === true;
  const saved = [
    ...segments.map(({ id, name }): FilterOption => ({ by: 'segment', value: id, label: name })),
    ...goals.map(({ id, name }): FilterOption => ({ by: 'reached', value: id, label: name })),
  ].filter((option) => (field === undefined ? true : option.by === field) && fits(option));
  const rows = [first.data, found.data].flatMap((data) =>
    Object.entries(data?.breakdowns ?? {}).flatMap(([by, rows = []]) =>
      rows.map(
        ({ value, sessions, events, clicks }): FilterOption => ({
          by: by as FilterField,
          value,
          label: valueLabel(by as FilterField, value, language, format),
          count: sessions ?? events ?? clicks ?? 0,
        }),
      ),
    ),
  );
  const unique = [...new Map(rows.map((row) => [`${row.by} ${row.value}`, row])).values()];
  const values = unique
    .filter((option) => option.value !== '(other)' && fits(option))
    .sort((a, b) => (b.count ?? 0) - (a.count ?? 0));
  const fields = [...Object.keys(names), ...FURTHER_FIELDS, ...properties.map(({ key }) => `prop:${key}`)]
    .map((by): FilterOption => ({ by: by as FilterField, label: fieldName(by as FilterField, language) }))
    .filter(fits);
  const all =
    field !== undefined
      ? [...saved, ...values]
      : wanted === ''
        ? [...saved, ...fields]
        : [...saved, ...fields.slice(0, 5), ...values];
  return {
    options: all.slice(0, MAX_OPTIONS),
    isLoading: first.isLoading || found.isLoading || search !== text.trim(),
  };
}

/** The text once no more is typed. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}
