/** Language, colours, the list of shortcuts, and the way to forget the key. */
import { Popover } from '../parts/popover.js';
import { LANGUAGES, type Language } from '../words/catalogue.js';
import { SHELL_WORDS } from '../words/shell-words.js';
import { useWords } from '../words/use-words.js';
import { type Preferences, THEMES } from './preferences.js';
import { SHOW_SHORTCUTS } from './shortcuts.js';

/** Each in itself. */
const LANGUAGE_NAMES: Record<Language, string> = { en: 'English', ko: '한국어' };

interface SettingsMenuProps {
  preferences: Preferences;
  prefer(change: Partial<Preferences>): void;
  /** Absent where there is none. */
  forgetKey?(): void;
}

export function SettingsMenu({ preferences, prefer, forgetKey }: SettingsMenuProps) {
  const words = useWords(SHELL_WORDS);
  return (
    <Popover class="settings" label={<GearIcon />} title={words.settings}>
      {(close) => (
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
                {LANGUAGE_NAMES[language]}
              </button>
            ))}
          </fieldset>
          <button
            type="button"
            class="quiet"
            onClick={() => {
              close();
              dispatchEvent(new Event(SHOW_SHORTCUTS));
            }}
          >
            {words.shortcuts} <kbd>?</kbd>
          </button>
          {forgetKey && (
            <button type="button" class="quiet" onClick={forgetKey}>
              {words.forget_key}
            </button>
          )}
        </>
      )}
    </Popover>
  );
}

const GearIcon = () => (
  <svg class="icon" viewBox="0 0 20 20" aria-hidden="true">
    <path d="M3 6h7m4 0h3M3 14h3m4 0h7M12 4v4M8 12v4" />
  </svg>
);
