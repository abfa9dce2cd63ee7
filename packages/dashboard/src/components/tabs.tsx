/** One of several, as the URL says it. More than a few are in a menu at the end. */
import { useMessages } from '../hooks/use-messages.js';
import { TABLE_MESSAGES } from '../i18n/table-messages.js';

export interface Tab<Id extends string> {
  id: Id;
  title: string;
}

interface TabsProps<Id extends string> {
  label: string;
  tabs: readonly Tab<Id>[];
  chosen: Id;
  choose(id: Id): void;
}

const MOST = 5;

export function Tabs<Id extends string>({ label, tabs, chosen, choose }: TabsProps<Id>) {
  const messages = useMessages(TABLE_MESSAGES);
  const shown = tabs.length > MOST ? tabs.slice(0, MOST - 1) : tabs;
  const rest = tabs.slice(shown.length);
  const isInRest = rest.some(({ id }) => id === chosen);
  const move = (event: KeyboardEvent & { currentTarget: HTMLElement }) => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (step === 0) return;
    const at = shown.findIndex(({ id }) => id === chosen);
    const next = (at + step + shown.length) % shown.length;
    const tab = shown[next];
    if (!tab) return;
    event.preventDefault();
    choose(tab.id);
    event.currentTarget.querySelectorAll('button')[next]?.focus();
  };
  return (
    <div class="tab-line">
      <div class="tabs" role="tablist" aria-label={label} onKeyDown={move}>
        {shown.map(({ id, title }, at) => (
          <button
            key={id}
            type="button"
            role="tab"
            aria-selected={id === chosen}
            tabIndex={id === chosen || (isInRest && at === 0) ? 0 : -1}
            onClick={() => choose(id)}
          >
            {title}
          </button>
        ))}
      </div>
      {rest.length > 0 && (
        <select
          class={isInRest ? 'rest chosen' : 'rest'}
          aria-label={messages.more_tabs}
          value={isInRest ? chosen : ''}
          onChange={({ currentTarget }) => {
            const tab = rest.find(({ id }) => id === currentTarget.value);
            if (tab) choose(tab.id);
          }}
        >
          {!isInRest && <option value="">{messages.more}</option>}
          {rest.map(({ id, title }) => (
            <option key={id} value={id}>
              {title}
            </option>
          ))}
        </select>
      )}
    </div>
  );
}
