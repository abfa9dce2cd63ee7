/** The filters that are set, each with its way off. */
import { type Filter, withoutFilter } from '../address/address.js';
import { useApp } from '../app/context.js';
import { BREAKDOWN_NAMES } from '../words/breakdown-names.js';
import { SHELL_WORDS } from '../words/shell-words.js';
import { useWords } from '../words/use-words.js';
import { valueLabel } from '../words/value-label.js';

export function FilterChips() {
  const words = useWords(SHELL_WORDS);
  const names = useWords(BREAKDOWN_NAMES);
  const { address, go, format } = useApp();
  if (address.filters.length === 0) return null;
  const said = ({ by, value, not }: Filter) =>
    `${names[by]} ${not ? words.is_not : words.is} ${valueLabel(by, value, words, format)}`;
  return (
    <ul class="chips" aria-label={words.filters}>
      {address.filters.map((filter) => (
        <li key={`${filter.by}:${filter.value}`} class="chip">
          <button
            type="button"
            class="chip-what"
            title={said({ ...filter, not: !filter.not })}
            onClick={() =>
              go({
                filters: address.filters.map((one) => (one === filter ? { ...one, not: !one.not } : one)),
              })
            }
          >
            {names[filter.by]} {filter.not ? words.is_not : words.is}{' '}
            <bdi>{valueLabel(filter.by, filter.value, words, format)}</bdi>
          </button>
          <button
            type="button"
            class="chip-off"
            aria-label={words.remove_filter(said(filter))}
            onClick={() => go({ filters: withoutFilter(address.filters, filter) })}
          >
            ×
          </button>
        </li>
      ))}
      {address.filters.length > 1 && (
        <li>
          <button type="button" class="quiet" onClick={() => go({ filters: [] })}>
            {words.clear}
          </button>
        </li>
      )}
    </ul>
  );
}
