/** Filters in words: `Country is Germany, France`. */
import { useApp } from '../hooks/app-context.js';
import { useMessages } from '../hooks/use-messages.js';
import { useQuery } from '../hooks/use-query.js';
import { fieldName } from '../i18n/breakdown-names.js';
import { FILTER_MESSAGES } from '../i18n/filter-messages.js';
import { valueLabel } from '../i18n/value-label.js';
import type { FilterField } from '../series/filter-field.js';
import type { FilterGroup } from '../url-state/filter-groups.js';
import type { Kind } from '../url-state/filter-pattern.js';

export function useKindText(): (kind: Kind, not: boolean) => string {
  const messages = useMessages(FILTER_MESSAGES);
  return (kind, not) => {
    if (kind === '>' || kind === '>=' || kind === '<' || kind === '<=')
      return not ? `${messages.is_not} ${kind}` : kind;
    if (!not) return messages[kind];
    return kind === 'is' ? messages.is_not : messages[`${kind}_not`];
  };
}

/** A value in words; goals and segments by their names, requested only where they are filtered by. */
function useValueText(): (by: FilterField, text: string) => string {
  const { urlState, site, language, format } = useApp();
  const names = (field: FilterField) => urlState.filters.some(({ by }) => by === field);
  const goals = useQuery('/goals', names('reached') ? { site: site.id } : undefined).data?.goals ?? [];
  const segments =
    useQuery('/segments', names('segment') ? { site: site.id } : undefined).data?.segments ?? [];
  return (by, text) => {
    if (by === 'reached') return goals.find(({ id }) => id === text)?.name ?? text;
    if (by === 'segment') return segments.find(({ id }) => id === text)?.name ?? text;
    return valueLabel(by, text, language, format);
  };
}

export interface GroupText {
  field: string;
  kind: string;
  values: string;
  whole: string;
}

export function useGroupText(): (group: FilterGroup) => GroupText {
  const messages = useMessages(FILTER_MESSAGES);
  const { language } = useApp();
  const kindText = useKindText();
  const valueText = useValueText();
  return ({ by, not, kind, texts }) => {
    const field = fieldName(by, language);
    const values =
      kind === 'any'
        ? ''
        : texts.map((text) => (kind === 'is' ? valueText(by, text) : text)).join(messages.or);
    const words = kindText(kind, not);
    return { field, kind: words, values, whole: [field, words, values].filter(Boolean).join(' ') };
  };
}
