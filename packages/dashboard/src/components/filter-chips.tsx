/** The filters that are set, each with its way off. */

import { useApp } from '../hooks/app-context.js';
import { useMessages } from '../hooks/use-messages.js';
import { fieldName } from '../i18n/breakdown-names.js';
import { SHELL_MESSAGES } from '../i18n/shell-messages.js';
import { valueLabel } from '../i18n/value-label.js';
import { type Filter, withoutFilter } from '../url-state/url-state.js';

export function FilterChips() {
  const messages = useMessages(SHELL_MESSAGES);
  const { urlState, go, format, language } = useApp();
  if (urlState.filters.length === 0) return null;
  const describe = ({ by, value, not }: Filter) =>
    `${fieldName(by, language)} ${not ? messages.is_not : messages.is} ${valueLabel(by, value, language, format)}`;
  return (
    <ul class="chips" aria-label={messages.filters}>
      {urlState.filters.map((filter) => (
        <li key={`${filter.by}:${filter.value}`} class="chip">
          <button
            type="button"
            class="chip-what"
            title={describe({ ...filter, not: !filter.not })}
            onClick={() =>
              go({
                filters: urlState.filters.map((one) => (one === filter ? { ...one, not: !one.not } : one)),
              })
            }
          >
            <bdi>{fieldName(filter.by, language)}</bdi> {filter.not ? messages.is_not : messages.is}{' '}
            <bdi>{valueLabel(filter.by, filter.value, language, format)}</bdi>
          </button>
          <button
            type="button"
            class="chip-off"
            aria-label={messages.remove_filter(describe(filter))}
            onClick={() => go({ filters: withoutFilter(urlState.filters, filter) })}
          >
            ×
          </button>
        </li>
      ))}
      {urlState.filters.length > 1 && (
        <li>
          <button type="button" class="quiet" onClick={() => go({ filters: [] })}>
            {messages.clear}
          </button>
        </li>
      )}
    </ul>
  );
}
