/** Sets a filter by typing: a value of any dimension, or a field with a condition and several values. */
import './filter-editor.css';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { useApp } from '../hooks/app-context.js';
import { useMessages } from '../hooks/use-messages.js';
import { fieldName } from '../i18n/breakdown-names.js';
import { FILTER_MESSAGES } from '../i18n/filter-messages.js';
import { type FilterGroup, groupFilters, groupKey, replaceGroup } from '../url-state/filter-groups.js';
import type { Kind } from '../url-state/filter-pattern.js';
import { ConditionSelect } from './condition-select.js';
import { FilterOptions } from './filter-options.js';
import { type FilterOption, useFilterOptions } from './use-filter-options.js';

export interface FilterEditorProps {
  /** The one that is edited; undefined: a new one. */
  group: FilterGroup | undefined;
  close(): void;
}

export function FilterEditor({ group, close }: FilterEditorProps) {
  const messages = useMessages(FILTER_MESSAGES);
  const { urlState, go, language } = useApp();
  const [draft, setDraft] = useState(group);
  // What of it is in the URL: it changes with the draft.
  const [inForce, setInForce] = useState(group);
  const isText = draft !== undefined && draft.kind !== 'is';
  const [text, setText] = useState(isText ? (draft.texts[0] ?? '') : '');
  const [at, setAt] = useState(0);
  const input = useRef<HTMLInputElement>(null);
  const listId = useId();
  const isNot = !draft && text.startsWith('!');
  const { options, isLoading } = useFilterOptions(draft?.by, isNot ? text.slice(1) : text);
  const shown = isText ? [] : options;
  const active = Math.min(at, shown.length - 1);
  useEffect(() => input.current?.focus(), [draft?.by, draft?.kind]);

  const apply = (next: FilterGroup) => {
    // A cursor belongs to the list as it was filtered before.
    go({ filters: replaceGroup(urlState.filters, inForce ?? next, next), own: { after: null } });
    setInForce(next);
    setDraft(next);
  };
  const choose = ({ by, value }: FilterOption, not: boolean) => {
    setText('');
    if (value === undefined) setDraft({ by, kind: 'is', not: false, texts: [] });
    else if (draft) apply({ ...draft, texts: toggled(draft.texts, value) });
    else {
      const wanted = { by, kind: 'is', not } as const;
      const same = groupFilters(urlState.filters).find((one) => groupKey(one) === groupKey(wanted));
      apply({ ...wanted, texts: [...(same?.texts ?? []), value] });
      close();
    }
  };
  const changeKind = (kind: Kind, not: boolean) => {
    if (!draft) return;
    const next = { ...draft, kind, not };
    if (kind === draft.kind && draft.texts.length > 0) return apply(next);
    // Of another kind, the value is a text to begin with.
    if (draft.kind === 'is') setText(draft.texts[0] ?? text);
    if (kind === 'any') return apply({ ...next, texts: [''] });
    setDraft({ ...next, texts: [] });
  };
  const submit = (event: Event) => {
    event.preventDefault();
    if (draft && isText && text.trim() !== '') apply({ ...draft, texts: [text.trim()] });
    close();
  };
  const onKey = (event: KeyboardEvent) => {
    const option = shown[active];
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) setAt((active + step + shown.length) % Math.max(1, shown.length));
    else if (event.key === 'Enter' && option && (!draft || text !== ''))
      choose(option, isNot || event.altKey);
    else if (event.key === 'Backspace' && text === '' && !group) return setDraft(undefined);
    else return;
    event.preventDefault();
  };
  return (
    <form class="filter-editor" onSubmit={submit}>
      {draft && (
        <div class="filter-scope">
          <b>
            <bdi>{fieldName(draft.by, language)}</bdi>
          </b>
          <ConditionSelect by={draft.by} kind={draft.kind} not={draft.not} choose={changeKind} />
        </div>
      )}
      {draft?.kind !== 'any' && (
        <input
          ref={input}
          type="text"
          maxLength={2_048}
          aria-label={draft ? messages.value : messages.search}
          autocomplete="off"
          placeholder={draft ? messages.value : messages.placeholder}
          value={text}
          onInput={({ currentTarget }) => {
            setText(currentTarget.value);
            setAt(0);
          }}
          onKeyDown={onKey}
          {...(isText
            ? {}
            : {
                role: 'combobox',
                'aria-expanded': true,
                'aria-controls': listId,
                'aria-autocomplete': 'list',
                'aria-activedescendant': shown[active] ? `${listId}-${active}` : undefined,
              })}
        />
      )}
      {!isText && (
        <FilterOptions
          id={listId}
          options={shown}
          active={active}
          chosen={draft?.texts ?? []}
          isMany={draft !== undefined}
          isLoading={isLoading}
          choose={(option) => choose(option, isNot)}
        />
      )}
      <div class="filter-end">
        <span class="soft">
          {draft === undefined && messages.hint}
          {draft?.kind === 'matches' && messages.pattern_hint}
        </span>
        {draft && (
          <button type="submit" class="primary">
            {messages.done}
          </button>
        )}
      </div>
    </form>
  );
}

const toggled = (texts: readonly string[], text: string): string[] =>
  texts.includes(text) ? texts.filter((one) => one !== text) : [...texts, text];
