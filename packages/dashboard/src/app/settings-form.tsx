/** Theme, language, the list of shortcuts, wall mode, exclusions, and signing out. */
import { LoadFailure } from '../components/load-failure.js';
import { useMessages } from '../hooks/use-messages.js';
import { LANGUAGES, type Language } from '../i18n/languages.js';
import { SHELL_MESSAGES } from '../i18n/shell-messages.js';
import { ExclusionsLink } from '../views/exclusions/settings-link.js';
import { type Preferences, THEMES } from './preferences.js';
import { SETTINGS_MESSAGES } from './settings-messages.js';
import { SHOW_SHORTCUTS } from './shortcuts.js';
import { startWallMode } from './wall-mode.js';

export interface SettingsMenuProps {
  preferences: Preferences;
  prefer(change: Partial<Preferences>): void;
  /** Whether the language that was chosen last could not be loaded. */
  isLanguageLost: boolean;
  /** Absent where there is none. */
  signOut?(): void;
}

/** Each in itself. */
const nameOf = (language: Language) => new Intl.DisplayNames(language, { type: 'language' }).of(language);

export function SettingsForm({
  preferences,
  prefer,
  isLanguageLost,
  signOut,
  close,
}: SettingsMenuProps & { close(): void }) {
  const messages = useMessages(SHELL_MESSAGES);
  const words = useMessages(SETTINGS_MESSAGES);
  return (
    <>
      <fieldset class="segments">
        <legend>{words.colours}</legend>
        {THEMES.map((theme) => (
          <button
            key={theme}
            type="button"
            aria-pressed={preferences.theme === theme}
            onClick={() => prefer({ theme })}
          >
            {words[theme]}
          </button>
        ))}
      </fieldset>
      <fieldset class="segments">
        <legend>{words.language}</legend>
        {LANGUAGES.map((language) => (
          <button
            key={language}
            type="button"
            lang={language}
            aria-pressed={preferences.language === language}
            onClick={() => prefer({ language })}
          >
            {nameOf(language)}
          </button>
        ))}
      </fieldset>
      {isLanguageLost && <LoadFailure />}
      <button
        type="button"
        class="quiet"
        onClick={() => {
          close();
          dispatchEvent(new Event(SHOW_SHORTCUTS));
        }}
      >
        {messages.shortcuts} <kbd>?</kbd>
      </button>
      <button
        type="button"
        class="quiet"
        title={words.wall_hint}
        onClick={() => {
          close();
          startWallMode();
        }}
      >
        {words.wall}
      </button>
      <ExclusionsLink close={close} />
      {signOut && (
        <button type="button" class="quiet" onClick={signOut}>
          {words.forget_key}
        </button>
      )}
    </>
  );
}
