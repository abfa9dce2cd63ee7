/** Single keys for what is done often, and the list of them by `?`. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { lazy } from '../components/lazy.js';
import { useApp } from '../hooks/app-context.js';
import { useMessages } from '../hooks/use-messages.js';
import { SHELL_MESSAGES } from '../i18n/shell-messages.js';
import { PREVIOUS } from '../url-state/compare.js';
import { PRESET_KEYS, PRESET_NAMES } from '../url-state/range.js';
import { stepRange } from '../url-state/step.js';
import { type Preferences, THEMES } from './preferences.js';
import { NUMBERED } from './views.js';

export const SHOW_SHORTCUTS = 'liveinsight-shortcuts';

const ShortcutList = lazy(async () => (await import('./shortcut-list.js')).ShortcutList);

interface ShortcutsProps {
  preferences: Preferences;
  prefer(change: Partial<Preferences>): void;
}

export function Shortcuts({ preferences, prefer }: ShortcutsProps) {
  const messages = useMessages(SHELL_MESSAGES);
  const { urlState, go, timezone } = useApp();
  // The list is loaded when it is first asked for.
  const [isShown, setShown] = useState(false);
  const dialog = useRef<HTMLDialogElement>(null);
  const act = useRef<(key: string) => boolean>(() => false);
  const step = (by: -1 | 1) => {
    const range = stepRange(urlState.range, by, timezone, Date.now());
    if (range) go({ range });
  };
  act.current = (key) => {
    const preset = PRESET_NAMES.find((name) => PRESET_KEYS[name] === key);
    const view = NUMBERED[Number(key) - 1];
    if (view) go({ view: view.id, session: undefined });
    else if (key === '?') dispatchEvent(new Event(SHOW_SHORTCUTS));
    else if (key === '/') focusSearch();
    else if (key === 'f') document.querySelector<HTMLElement>('.filter-button')?.click();
    else if (key === 'c') go({ compare: urlState.compare ? undefined : PREVIOUS });
    else if (key === ',' || key === '.') step(key === ',' ? -1 : 1);
    else if (preset) go({ range: preset });
    else if (key === '[') prefer({ isCollapsed: !preferences.isCollapsed });
    else if (key === 't') prefer({ theme: THEMES[(THEMES.indexOf(preferences.theme) + 1) % 3] ?? 'auto' });
    else if (key === 'Escape' && urlState.session) go({ session: undefined });
    else return false;
    return true;
  };

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.metaKey || event.ctrlKey || event.altKey || isTyping(event.target)) return;
      if (dialog.current?.open || event.defaultPrevented) return;
      if (act.current(event.key)) event.preventDefault();
    };
    const show = () => {
      setShown(true);
      dialog.current?.showModal();
    };
    document.addEventListener('keydown', onKey);
    addEventListener(SHOW_SHORTCUTS, show);
    return () => {
      document.removeEventListener('keydown', onKey);
      removeEventListener(SHOW_SHORTCUTS, show);
    };
  }, []);

  return (
    <dialog class="shortcuts" ref={dialog} aria-labelledby="shortcuts-title">
      <h2 id="shortcuts-title">{messages.shortcuts}</h2>
      {isShown && <ShortcutList />}
      <form method="dialog">
        <button type="submit" class="primary">
          {messages.close}
        </button>
      </form>
    </dialog>
  );
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.matches('input:not([type=checkbox]), select, textarea');

/** The field, or the button that opens it. */
function focusSearch(): void {
  const found = document.querySelector<HTMLElement>('#content :is(input[type=search], .open-search)');
  if (found?.matches('button')) found.click();
  else found?.focus();
}
