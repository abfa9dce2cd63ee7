/** The keys that do something, and what. */
import { useApp } from '../hooks/app-context.js';
import { useMessages } from '../hooks/use-messages.js';
import { SHELL_MESSAGES } from '../i18n/shell-messages.js';
import { PRESET_KEYS } from '../url-state/range.js';
import { NUMBERED } from './views.js';

export function ShortcutList() {
  const messages = useMessages(SHELL_MESSAGES);
  const { language } = useApp();
  return (
    <dl>
      {NUMBERED.map(({ id, title }, at) => (
        <Shortcut key={id} press={String(at + 1)} does={`${messages.keys_views}: ${title[language]}`} />
      ))}
      <Shortcut press="/" does={messages.keys_search} />
      <Shortcut press="f" does={messages.keys_filter} />
      <Shortcut press="c" does={messages.keys_compare} />
      <Shortcut press={Object.values(PRESET_KEYS).join(' ')} does={messages.keys_range} />
      <Shortcut press="," does={messages.earlier} />
      <Shortcut press="." does={messages.later} />
      <Shortcut press="[" does={messages.collapse} />
      <Shortcut press="t" does={messages.keys_theme} />
      <Shortcut press="Esc" does={messages.keys_close} />
      <Shortcut press="?" does={messages.keys_help} />
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
