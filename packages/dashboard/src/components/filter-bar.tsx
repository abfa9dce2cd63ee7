/** The filters in force as chips, and the way to set one: the editor is loaded when it is opened. */
import { useRef, useState } from 'preact/hooks';
import { useApp } from '../hooks/app-context.js';
import { useMessages } from '../hooks/use-messages.js';
import { FILTER_MESSAGES } from '../i18n/filter-messages.js';
import { SHELL_MESSAGES } from '../i18n/shell-messages.js';
import { type FilterGroup, groupFilters, groupKey, withoutGroup } from '../url-state/filter-groups.js';
import type { FilterEditorProps } from './filter-editor.js';
import { lazy } from './lazy.js';
import { SegmentSaver } from './segment-saver.js';
import { useDismiss } from './use-dismiss.js';
import { useGroupText } from './use-filter-text.js';

const Editor = lazy<FilterEditorProps>(async () => (await import('./filter-editor.js')).FilterEditor);

/** What is open: nothing, a new filter, or one in force. */
type Open = undefined | 'new' | FilterGroup;

export function FilterBar() {
  const messages = useMessages(FILTER_MESSAGES);
  const shell = useMessages(SHELL_MESSAGES);
  const { urlState, go } = useApp();
  const textOf = useGroupText();
  const [open, setOpen] = useState<Open>();
  const whole = useRef<HTMLDivElement>(null);
  const opener = useRef<HTMLElement>(undefined);
  const groups = groupFilters(urlState.filters);
  const close = () => {
    setOpen(undefined);
    // A chip that was taken off is there no longer.
    const isThere = opener.current?.isConnected;
    (isThere ? opener.current : whole.current?.querySelector('button'))?.focus();
  };
  useDismiss(whole, open !== undefined, (how) => (how === 'byKey' ? close() : setOpen(undefined)));
  const toggle = (next: Open) => (event: MouseEvent & { currentTarget: HTMLElement }) => {
    opener.current = event.currentTarget;
    setOpen(open === undefined ? next : undefined);
  };
  const label = open === 'new' || !open ? messages.add : messages.edit(textOf(open).whole);
  return (
    <div class="filter-bar popover" ref={whole}>
      <button
        type="button"
        class="filter-button popover-button"
        aria-haspopup="dialog"
        aria-expanded={open === 'new'}
        title={`${messages.add} F`}
        onClick={toggle('new')}
      >
        + {messages.filter}
      </button>
      {groups.length > 0 && (
        <ul class="chips" aria-label={shell.filters}>
          {groups.map((group) => {
            const text = textOf(group);
            return (
              <li key={groupKey(group)} class="chip">
                <button
                  type="button"
                  class="chip-what"
                  aria-haspopup="dialog"
                  title={messages.edit(text.whole)}
                  onClick={toggle(group)}
                >
                  <bdi>{text.field}</bdi> {text.kind} {text.values && <bdi>{text.values}</bdi>}
                </button>
                <button
                  type="button"
                  class="chip-off"
                  aria-label={shell.remove_filter(text.whole)}
                  onClick={() => go({ filters: withoutGroup(urlState.filters, group), own: { after: null } })}
                >
                  ×
                </button>
              </li>
            );
          })}
          {groups.length > 1 && (
            <li>
              <button type="button" class="quiet" onClick={() => go({ filters: [], own: { after: null } })}>
                {shell.clear}
              </button>
            </li>
          )}
        </ul>
      )}
      {groups.some(({ by }) => by !== 'segment') && <SegmentSaver />}
      {open && (
        <div class="popover-body filter-popover" role="dialog" aria-label={label}>
          <Editor
            key={open === 'new' ? 'new' : groupKey(open)}
            group={open === 'new' ? undefined : open}
            close={close}
          />
        </div>
      )}
    </div>
  );
}
