/** The page in one language: built for each, with the words of that one alone. */
import { render } from 'preact';
import type { Config } from '../api/config.js';
import type { Language } from '../i18n/languages.js';
import { App } from './app.js';
import type { Preferences } from './preferences.js';

export interface StartOptions {
  config: Config;
  preferences: Preferences;
  /** Whether the settings are open at first: where the language was changed in them. */
  isSettingsOpen: boolean;
  /** Starts the page in another language in place of this one. Rejects where that cannot be loaded: this one stays then. */
  changeLanguage(preferences: Preferences): Promise<void>;
}

export interface Started {
  end(): void;
}

export function start(root: HTMLElement, options: StartOptions): Started {
  render(<App {...options} />, root);
  return { end: () => render(null, root) };
}

export type Languages = Record<Language, () => Promise<{ start: typeof start }>>;
