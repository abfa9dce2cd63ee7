/** The keys that do something, and what. */
import { useApp } from '../hooks/app-context.js';
import { useMessages } from '../hooks/use-messages.js';
import { SHELL_MESSAGES } from '../i18n/shell-messages.js';
import { PRESET_KEYS } from '../url-state/range.js';
import { SHORTCUT_MESSAGES } from './shortcut-messages.js';
import { NUMBERED } from './views.js';

export function ShortcutList() {
  const messages = useMessages(SHELL_MESSAGES);
  const words = useMessages(SHORTCUT_MESSAGES);
  const { language } = useApp();
  return (
    <dl>
      {NUMBERED.map(({ id, title }, at) => (
        <Shortcut key={id} press={String(at + 1)} does={`${words.keys_views}: ${title[language]}`} />
      ))}
      <Shortcut press="/" does={words.keys_search} />
      <Shortcut press="f" does={words.keys_filter} />
      <Shortcut press="c" does={words.keys_compare} />
      <Shortcut press={Object.values(PRESET_KEYS).join(' ')} does={words.keys_range} />
      <Shortcut press="," does={messages.earlier} />
      <Shortcut press="." does={messages.later} />
      <Shortcut press="[" does={messages.collapse} />
      <Shortcut press="t" does={words.keys_theme} />
      <Shortcut press="Esc" does={words.keys_close} />
      <Shortcut press="?" does={words.keys_help} />
    </dl>
  );
}

const Shortcut = ({ press, does }: { press: string; does: string }) => (
  <div>
    <dt>
      <kbd>{press}</kbd>
    </dt>
    <dd>{does}</dd>
  </div>
);
