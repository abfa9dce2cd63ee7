/** The list under the field in which a filter is typed: the field keeps the focus, and says which option is meant. */
import { useEffect, useRef } from 'preact/hooks';
import { useApp } from '../hooks/app-context.js';
import { useMessages } from '../hooks/use-messages.js';
import { fieldName } from '../i18n/breakdown-names.js';
import { FILTER_MESSAGES } from '../i18n/filter-messages.js';
import type { FilterOption } from './use-filter-options.js';
import { ValueIcon } from './value-icon.js';

interface FilterOptionsProps {
  id: string;
  options: readonly FilterOption[];
  /** Which of them Enter takes. */
  active: number;
  /** Values that are set already. */
  chosen: readonly string[];
  /** Whether several can be set. */
  isMany: boolean;
  isLoading: boolean;
  choose(option: FilterOption): void;
}

export function FilterOptions({
  id,
  options,
  active,
  chosen,
  isMany,
  isLoading,
  choose,
}: FilterOptionsProps) {
  const messages = useMessages(FILTER_MESSAGES);
  const { language, format } = useApp();
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.children[active]?.scrollIntoView({ block: 'nearest' });
  }, [active]);
  return (
    <>
      <div
        ref={list}
        id={id}
        class="filter-options"
        role="listbox"
        tabIndex={-1}
        aria-label={messages.results}
        aria-multiselectable={isMany}
      >
        {options.map((option, at) => {
          const { by, value, label, count } = option;
          return (
            <button
              type="button"
              key={`${by} ${value}`}
              id={`${id}-${at}`}
              class={at === active ? 'filter-option active' : 'filter-option'}
              role="option"
              tabIndex={-1}
              aria-selected={value !== undefined && chosen.includes(value)}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => choose(option)}
            >
              {value !== undefined && <ValueIcon dimension={by} value={value} />}
              <bdi class="cut">{label}</bdi>
              {value === undefined ? (
                <span class="soft more">›</span>
              ) : (
                !isMany && <span class="soft cut">{fieldName(by, language)}</span>
              )}
              {count !== undefined && <span class="count">{format.number(count)}</span>}
            </button>
          );
        })}
      </div>
      <p class="soft" role="status">
        {options.length === 0 ? (isLoading ? messages.searching : messages.none) : ''}
      </p>
    </>
  );
}
